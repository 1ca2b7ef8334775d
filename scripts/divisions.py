#!/usr/bin/env python3
"""Writes core/src/divisions/table.txt from the table of administrative divisions.

    scripts/divisions.py areacodes.csv > core/src/divisions/table.txt

The table is yescallop/areacodes (CC0), edition of 2025-11-04: divisions at county level and above since 1981, with their
codes of GB/T 2260 and the codes that followed them. One line a record: code, name, +first year (where not 1981),
-last year (where it is no longer in force), >codes that followed.
"""
import csv
import sys

# 2026, from the ministry's announcements: not in the edition above.
LATER = [
    ("500105", "江北区", 1981, 2026, ["500157"]),
    ("500112", "渝北区", 1994, 2026, ["500157"]),
    ("500157", "两江新区", 2026, None, []),
    ("653132", "岑岭县", 2026, None, []),
    ("659013", "草湖市", 2026, None, []),
]


def main(path: str) -> None:
    rows = []
    changed = {(code, name) for code, name, _, until, _ in LATER if until}
    for row in csv.DictReader(open(path, encoding="utf-8-sig")):
        code, name, until = row["代码"], row["名称"], row["变更/弃用时间"]
        if (code, name) in changed and not until:
            continue
        after = [c.split("[")[0] for c in row["新代码"].split(";") if c] if until else []
        rows.append((code, name, int(row["启用时间"]), int(until) if until else None, after))
    rows += LATER
    rows.sort(key=lambda r: (r[0], r[2]))
    print("# Administrative divisions of China at county level and above since 1981, with their codes of GB/T 2260.")
    print("# Made by scripts/divisions.py from yescallop/areacodes, CC0. 代码 名称 +启用年 -停用年 >新代码")
    for code, name, first, until, after in rows:
        line = f"{code} {name}"
        if first != 1981:
            line += f" +{first}"
        if until:
            line += f" -{until}"
        if after:
            line += " >" + ",".join(after)
        print(line)


if __name__ == "__main__":
    main(sys.argv[1])
