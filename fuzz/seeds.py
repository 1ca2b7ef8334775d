#!/usr/bin/env python3
"""Makes more seeds, and the dictionary, for cargo-fuzz: in fuzz/seeds. Nothing of it is committed; what is kept is in fuzz/corpus.

    python3 fuzz/seeds.py [FOLDER ...]

Seeds are the sample reports and the test fixtures, whole where short and cut into pieces of a few hundred
bytes; FOLDERs of further documents (.txt, .html, .docx, .doc, .pdf, .ofd …) may be named. The dictionary is every word of the
lexicons and the grammar's marks.
"""
import hashlib, pathlib, re, sys

FUZZ = pathlib.Path(__file__).resolve().parent
ROOT = FUZZ.parent
MARKS = "一、 二、 （一） (1) ① 1. 1.1 第一章 第二条 一是 第一， 首先， （ ） 《 》 “ ” 【 】 〔2023〕1号 、 ， 。 ； ： : | 　　 &nbsp; # 附件： 附件1 目录 索引号： 来源： 2024年 6月底前 3至5家 1.35万人 95% 百分之八十 三分之一 其中".split(" ")


def write(target, data):
    folder = FUZZ / "seeds" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


def documents():
    yield from (ROOT / "examples/reports").glob("*.txt")
    yield from (p for p in (ROOT / "core/tests/fixtures").rglob("*") if p.is_file())
    for folder in sys.argv[1:]:
        yield from (p for p in pathlib.Path(folder).rglob("*") if p.suffix in (".txt", ".html", ".htm", ".docx", ".doc", ".wps", ".pdf", ".ofd", ".rtf", ".xls", ".xlsx", ".mht"))


def main():
    count = 0
    for path in documents():
        data = path.read_bytes()
        count += 1
        if len(data) <= 40_000:
            write("html" if b"<p" in data else "decode", data)
        if len(data) <= 200_000 and path.suffix not in (".txt", ".html", ".htm"):
            write("files", data)
        try:
            text = data.decode()
        except UnicodeDecodeError:
            continue
        lines = text.splitlines(keepends=True)
        for target in ("laws", "forms"):
            if len(data) <= 6000:
                write(target, data)
            # Neighbouring lines, a few hundred bytes at a time.
            piece = ""
            for line in lines[:400]:
                piece += line
                if len(piece) > 300:
                    write(target, piece[:1500].encode())
                    piece = ""
    words = set(MARKS)
    for file in (ROOT / "core/src/lexicon").glob("*.txt"):
        for line in file.read_text().splitlines():
            if not line.startswith(("#", "[")):
                words.update(w.split("!")[0].rstrip("~?") for w in line.split())
    for file in (ROOT / "core/src/lexicon").glob("*.rs"):
        words.update(re.findall(r'"([^"\\\n]{1,20})"', file.read_text()))
    pieces = (ROOT / "core/tests/common/pieces.rs").read_text()
    words.update(re.findall(r'^    "([^"\\]{1,20})",$', pieces, re.M))
    escaped = ('"' + "".join(f"\\x{b:02x}" for b in w.encode()) + '"' for w in sorted(words) if 0 < len(w.encode()) <= 60)
    (FUZZ / "seeds" / "words.dict").write_text("\n".join(escaped) + "\n")
    print(f"{count} documents, {len(words)} words")


main()
