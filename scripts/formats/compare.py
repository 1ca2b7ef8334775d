#!/usr/bin/env python3
"""Compares gongwen's readers of files with others, on the same files in one run.

    cargo build --profile sweep -p gongwen --features formats --example extract
    pip install 'markitdown[pdf,docx,xlsx,xls]' pdfplumber pypdf pdfminer.six striprtf easyofd
    GONGWEN_SHARED=../shared python3 scripts/formats/compare.py [--program target/sweep/examples/extract]

Files are formats/derived (made from Word files and pages whose text is known) and formats/files where a reference is
given. Told are the share of the reference's sentences of twelve Chinese characters and more that are found word for word
and in order, the seconds of processor time (start of the program included), and for PDF the pages of a second. Readers that are not installed are left out, those that fail count as nothing found.
"""
import argparse, base64, bisect, contextlib, io, logging, os, pathlib, re, subprocess, sys, warnings

HAN = re.compile("[\u4e00-\u9fff\u3400-\u4dbf]")


def norm(text):
    return re.sub(r"[\s\u200b\ufeff\u00ad\x00-\x1f]+", "", text.replace(" | ", ""))


def without_pages(text):
    number = re.compile(r"\s*[-—–－·]*\s*\d{1,4}\s*[-—–－·]*\s*|第\s*\d+\s*页.*")
    return "\n".join(line for line in re.split(r"[\n\f]", text) if not number.fullmatch(line))


def sentences(text):
    parts = (norm(s) for line in re.split(r"[\n\r\t\f]+", text) for s in re.split(r"(?<=[。；！？])", line))
    return [s for s in parts if len(HAN.findall(s)) >= 12]


def in_order(reference, text):
    wanted, found = sentences(without_pages(reference)), norm(without_pages(text))
    last, tails = 0, []
    for sentence in wanted:
        at = found.find(sentence, last)
        at = found.find(sentence) if at < 0 else at
        if at < 0:
            continue
        last = max(last, at)
        i = bisect.bisect_right(tails, at)
        tails[i : i + 1] = [at]
    return len(tails), len(wanted)


def busy():
    return sum(os.times()[:4])


def pages(path):
    """How many pages a PDF file has, where pypdf is there to count them."""
    try:
        import pypdf

        return len(pypdf.PdfReader(path).pages)
    except Exception:
        return 0


def readers(program):
    def own(path):
        return subprocess.run([program, "--text", str(path)], capture_output=True, timeout=300, check=True).stdout.decode("utf8", "replace")

    yield "gongwen", {"pdf", "doc", "wps", "rtf", "docx", "ofd", "xls", "xlsx"}, own
    try:
        import pypdf

        yield "pypdf", {"pdf"}, lambda p: "\n".join(page.extract_text() for page in pypdf.PdfReader(p).pages)
    except ImportError:
        pass
    try:
        import pdfplumber

        def plumber(path):
            with pdfplumber.open(path) as pdf:
                return "\n".join(page.extract_text() or "" for page in pdf.pages)

        yield "pdfplumber", {"pdf"}, plumber
    except ImportError:
        pass
    try:
        from pdfminer.high_level import extract_text

        yield "pdfminer.six", {"pdf"}, lambda p: extract_text(str(p))
    except ImportError:
        pass
    try:
        from markitdown import MarkItDown

        converter = MarkItDown()
        yield "markitdown", {"pdf", "doc", "rtf", "docx", "ofd", "xls", "xlsx"}, lambda p: converter.convert(str(p)).text_content
    except ImportError:
        pass
    try:
        from docling.document_converter import DocumentConverter

        docling = DocumentConverter()
        yield "docling", {"pdf", "docx", "xlsx"}, lambda p: docling.convert(str(p)).document.export_to_text()
    except ImportError:
        pass
    try:
        from easyofd import OFD
        from loguru import logger

        logger.remove()  # it says all that it does

        def ofd(path):
            file = OFD()
            with contextlib.redirect_stdout(io.StringIO()):
                file.read(base64.b64encode(path.read_bytes()).decode(), save_xml=False)
            return "\n".join(piece["text"] for part in file.data for page in part["page_content_info"].values() for piece in page["text_list"])

        yield "easyofd", {"ofd"}, ofd
    except ImportError:
        pass
    try:
        from striprtf.striprtf import rtf_to_text

        yield "striprtf", {"rtf"}, lambda p: rtf_to_text(p.read_text("latin-1"))
    except ImportError:
        pass


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--program", default="target/sweep/examples/extract")
    args = args.parse_args()
    root = pathlib.Path(os.environ.get("GONGWEN_SHARED", "../shared")) / "formats"
    if not (root / "derived").is_dir():
        sys.exit(f"SKIPPED: no folder {root}/derived; set GONGWEN_SHARED")
    files = []
    for path in sorted((root / "derived").rglob("*.*")):
        stem = path.stem
        while not (root / "gold" / f"{stem}.txt").is_file() and "_" in stem:
            stem = stem.split("_", 1)[1]
        gold = root / "gold" / f"{stem}.txt"
        # What no reader can read, and a page that was printed before it was there.
        unreadable = path.name.startswith(("notounicode_", "gs_")) or path.stat().st_size < 4000
        if gold.is_file() and not unreadable and path.suffix != ".html":
            files.append((path, gold.read_text("utf8")))
    # Nobody has typed an OFD file's text: its reference is what a prototype of the folder reads.
    for path in sorted((root / "files" / "ofd").glob("*.ofd")):
        gold = subprocess.run([sys.executable, str(root / "myofd.py"), str(path)], capture_output=True, check=True).stdout.decode("utf8")
        files.append((path, gold))
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    count_of = {path: pages(path) for path, _ in files if path.suffix == ".pdf"}
    print(f"{'reader':14} {'kind':5} {'files':>5} {'in order':>16} {'seconds':>8} {'pages/s':>8}  failed")
    for name, kinds, read in readers(args.program):
        for kind in sorted({p.suffix[1:] for p, _ in files} & kinds):
            found = wanted = failed = count = 0
            start = busy()
            texts = []
            for path, gold in files:
                if path.suffix[1:] != kind:
                    continue
                count += 1
                try:
                    texts.append((read(path), gold))
                except Exception:
                    failed += 1
                    texts.append(("", gold))
            seconds = busy() - start
            read_pages = sum(count_of.get(path, 0) for path, _ in files if path.suffix[1:] == kind)
            speed = f"{read_pages / max(seconds, 0.01):.0f}" if read_pages else ""
            for text, gold in texts:
                a, b = in_order(gold, text)
                found, wanted = found + a, wanted + b
            print(f"{name:14} {kind:5} {count:5} {found:6}/{wanted:5} {found / max(wanted, 1):.4f} {seconds:8.2f} {speed:>8}  {failed or ''}", flush=True)


if __name__ == "__main__":
    main()
