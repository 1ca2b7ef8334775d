//! The elements that matter for reading order and structure.

macro_rules! tags {
    ($($name:ident = $text:literal,)*) => {
        /// An element, as far as it matters here.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(super) enum Tag {
            $($name,)*
            /// A run of text, not an element.
            Text,
            /// Any other element: shown in the line it stands in.
            Other,
        }

        impl Tag {
            /// How many there are.
            pub(super) const COUNT: usize = Tag::Other as usize + 1;

            pub(super) fn of(name: &[u8]) -> Tag {
                match name {
                    $($text => Tag::$name,)*
                    _ => Tag::Other,
                }
            }
        }
    };
}

tags! {
    A = b"a", Address = b"address", Article = b"article", Aside = b"aside", B = b"b",
    Blockquote = b"blockquote", Body = b"body", Br = b"br", Button = b"button", Caption = b"caption",
    Center = b"center", Dd = b"dd", Desc = b"desc", Div = b"div", Dl = b"dl", Dt = b"dt", Em = b"em",
    Embed = b"embed", Fieldset = b"fieldset", Figcaption = b"figcaption", Figure = b"figure", Font = b"font", Footer = b"footer",
    Form = b"form", H1 = b"h1", H2 = b"h2", H3 = b"h3", H4 = b"h4", H5 = b"h5", H6 = b"h6", Head = b"head",
    Header = b"header", Hr = b"hr", Html = b"html", Iframe = b"iframe", Img = b"img", Input = b"input",
    Li = b"li", Link = b"link", Main = b"main", Meta = b"meta", Metadata = b"metadata", Nav = b"nav", Noscript = b"noscript",
    Object = b"object", Ol = b"ol", Optgroup = b"optgroup", Option = b"option", P = b"p", Pre = b"pre",
    Rp = b"rp", Rt = b"rt", Script = b"script", Section = b"section", Select = b"select", Span = b"span",
    Strong = b"strong", Style = b"style", Svg = b"svg", Table = b"table", Tbody = b"tbody", Td = b"td",
    Template = b"template", Textarea = b"textarea", Tfoot = b"tfoot", Th = b"th", Thead = b"thead",
    Title = b"title", Tr = b"tr", U = b"u", Ul = b"ul",
}

impl Tag {
    /// Elements without content.
    pub(super) fn is_void(self, name: &[u8]) -> bool {
        matches!(self, Tag::Br | Tag::Hr | Tag::Img | Tag::Input | Tag::Link | Tag::Meta)
            || matches!(name, b"area" | b"base" | b"col" | b"embed" | b"param" | b"source" | b"track" | b"wbr" | b"frame")
    }

    /// Elements that begin and end a line of their own.
    pub(super) fn is_block(self) -> bool {
        use Tag::*;
        self.heading().is_some()
            || matches!(
                self,
                Address
                    | Article
                    | Aside
                    | Blockquote
                    | Body
                    | Caption
                    | Center
                    | Dd
                    | Div
                    | Dl
                    | Dt
                    | Fieldset
                    | Figcaption
                    | Figure
                    | Footer
                    | Form
                    | Header
                    | Hr
                    | Html
                    | Li
                    | Main
                    | Nav
                    | Ol
                    | Option
                    | P
                    | Pre
                    | Section
                    | Select
                    | Table
                    | Tbody
                    | Td
                    | Textarea
                    | Tfoot
                    | Th
                    | Thead
                    | Title
                    | Tr
                    | Ul
            )
    }

    /// Formatting, which a stray end tag of a block closes and which closes nothing itself.
    pub(super) fn is_formatting(self) -> bool {
        matches!(self, Tag::A | Tag::B | Tag::Em | Tag::Font | Tag::Span | Tag::Strong | Tag::U | Tag::Desc | Tag::Metadata | Tag::Other)
    }

    pub(super) fn heading(self) -> Option<u8> {
        match self {
            Tag::H1 => Some(1),
            Tag::H2 => Some(2),
            Tag::H3 => Some(3),
            Tag::H4 => Some(4),
            Tag::H5 => Some(5),
            Tag::H6 => Some(6),
            _ => None,
        }
    }

    /// Elements whose content nobody reads.
    pub(super) fn is_dropped(self) -> bool {
        use Tag::*;
        matches!(self, Script | Style | Template | Iframe | Noscript | Svg | Head | Rp | Rt | Object)
    }

    /// No element inside may close one outside: cells keep what is wrong in them to themselves.
    pub(super) fn is_wall(self) -> bool {
        matches!(self, Tag::Td | Tag::Th | Tag::Table | Tag::Caption | Tag::Object | Tag::Template | Tag::Html)
    }
}
