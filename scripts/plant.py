#!/usr/bin/env python3
"""How many planted faults the checks find.

plant.py READ TEXTS [--each 40] [--seed 1] [--misses]

READ is the `read` example, TEXTS a directory of plain texts. For each code a fault that no text has is put into as many
texts, drawn at random, at the end of a random sentence of a paragraph (advertising: inside a random sentence). A fault
counts as found when the text with it has a diagnostic of its code that overlaps it and that the text without it has not.
All sentences are invented.
"""

import argparse
import collections
import json
import pathlib
import random
import subprocess
import sys
import tempfile

WHAT = ["行政复议案件", "信访事项", "执法检查", "应诉案件", "投诉举报", "建议提案", "行政许可事项", "劳动纠纷"]
WHO = ["企业", "村（社区）", "学校", "单位", "合作社", "加油站"]


def rate(r):
    whole = r.choice([40, 60, 80, 120, 150, 240, 365, 1200])
    part = r.randint(whole // 5, whole * 9 // 10)
    true = part * 100 / whole
    wrong = round(min(99.0, true + 7) if true < 85 else true - 9, r.choice([0, 1, 2]))
    wrong = f"{wrong:g}%"
    what, who = r.choice(WHAT), r.choice(WHO)
    return r.choice([
        f"全年审结{what}{whole}件，其中败诉{part}件，败诉率{wrong}。",
        f"已结{what}{whole}件，其中败诉{part}件，败诉率为{wrong}。",
        f"共办理{what}{whole}件，办结{part}件，办结率{wrong}。",
        f"受理{what}{whole}件，已办结{part}件，办结率达{wrong}。",
        f"抽查{who}{whole}家，合格{part}家，合格率{wrong}。",
        f"检查{who}{whole}家，其中达标{part}家，达标率为{wrong}。",
        f"应出庭{whole}次，实际出庭{part}次，出庭率{wrong}。",
        f"随机走访群众{whole}人，表示满意的{part}人，满意率达到{wrong}。",
        f"收到{what}{whole}件，按期答复{part}件，按期答复率{wrong}。",
        f"发现问题{whole}个，整改{part}个，整改率{wrong}。",
    ])


def total(r):
    a, b, c = (r.randint(3, 90) for _ in range(3))
    over = a + b + c + r.randint(3, 30)
    what, who = r.choice(WHAT), r.choice(WHO)
    return r.choice([
        f"全年新增{what}{a}件，上期结余{b}件，合计{over}件。",
        f"检查{who}{a}家、学校{b}家、医院{c}家，共计{over}家。",
        f"共查处{what}{a + b}件，其中立案{a + b + c}件。",
        f"培训执法人员{a + b}人，其中市级{a + 1}人、县级{b + c}人。",
        f"共调整干部{a + b}人，其中正职{a + 2}人、副职{b + 5}人。",
        f"新收{what}{a + 60}件，上年结转{b}件，办结{a + 20}件，结转下年{b + c + 80}件。",
        f"全市共有{who}{a}家，其中规模以上{a + b}家。",
        f"发放补贴{a}户，其中低保户{a + c}户。",
    ])


def unit(r):
    odd = r.choice("仵伻柈畑籵粂糼紏絜缹耼朩杺柦桛梄棡椚楕榁槞")
    return r.choice([
        f"发放宣传资料{r.randint(100, 9000)}{odd}，现场解答群众咨询。",
        f"全年开展普法宣传{r.randint(3, 90)}{odd}，覆盖全部镇街。",
        f"共整理档案{r.randint(100, 900)}余{odd}。",
        f"新建便民服务点{r.randint(3, 60)}{odd}、改造提升一批老旧设施。",
        f"排查安全隐患{r.randint(100, 900)}{odd}；限期整改到位。",
        f"购置执法记录设备{r.randint(10, 300)}{odd}，配发基层所队。",
    ])


NAMES = ["金尊", "万利", "开元", "天博", "云顶星", "亚游", "巨星", "宏发"]


def advertising(r):
    name, sign = r.choice(NAMES), r.choice("_@¥")
    return r.choice([
        f"{sign}{name}彩票平台{sign}",
        f"{name}体育{sign}官方下载",
        f"{sign}{name}娱乐平台注册送彩金",
        f"{name}体育app下载_体育投注{sign}",
        f"{name}棋牌游戏官方下载",
        f"足彩投注{sign}{name}体育官网",
        f"{name}百家乐真人娱乐",
        f"{sign}{name}电竞下注{sign}手机版下载",
        f"【{name}体育直播在线观看】",
        f"{name}娱乐城老虎机注册",
        f"2024{name}时时彩开奖结果查询",
        f"({name}体育官网)app下载",
    ])


KINDS = {"rate_mismatch": rate, "sum_mismatch": total, "injected_text": advertising, "unknown_unit": unit}


def sentences(text):
    """Ends of sentences in paragraphs long enough to be prose."""
    at, found = 0, []
    for line in text.splitlines(keepends=True):
        if len(line) > 60 and "|" not in line and "\t" not in line:
            found += [at + i + 1 for i, c in enumerate(line[:-1]) if c == "。"]
        at += len(line)
    return found


def plant(code, text, r):
    """The text with a fault, and the fault's place in characters; none where it has no prose."""
    ends = sentences(text)
    if not ends:
        return None
    at = r.choice(ends)
    fault = KINDS[code](r)
    if code == "injected_text":
        at -= 1
        while at > 0 and text[at - 1] not in "，。；：\n" and r.random() < 0.85:
            at -= 1
    return text[:at] + fault + text[at:], (at, at + len(fault)), fault


def read(program, paths):
    done = subprocess.run([program, "--json", *map(str, paths)], capture_output=True, check=False)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("read")
    args.add_argument("texts", type=pathlib.Path)
    args.add_argument("--each", type=int, default=40)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--misses", action="store_true")
    args = args.parse_args()
    files = sorted(args.texts.rglob("*.txt"))
    short = False
    for code in KINDS:
        r = random.Random(f"{args.seed} {code}")
        r.shuffle(files)
        planted = []
        with tempfile.TemporaryDirectory() as folder:
            for path in files:
                text = path.read_bytes().decode("utf-8", "replace")
                made = plant(code, text, r) if len(text) < 60_000 else None
                if made:
                    copy = pathlib.Path(folder) / f"{len(planted)}.txt"
                    copy.write_bytes(made[0].encode())
                    planted.append((path, copy, made[0], made[1], made[2]))
                if len(planted) == args.each:
                    break
            with_it = read(args.read, [p[1] for p in planted])
        found, kinds = 0, collections.Counter()
        for (path, _, text, (start, end), fault), doc in zip(planted, with_it, strict=True):
            lo, hi = (len(text[:i].encode()) for i in (start, end))
            hit = any(d["code"] == code and d["span"][0] < hi and d["span"][1] > lo for d in doc["diagnostics"])
            found += hit
            if not hit:
                kinds[doc["kind"]] += 1
                if args.misses:
                    print(f"  missed {path.name} {doc['kind']}: {text[max(0, start - 12):start]}⟦{fault}⟧{text[end:end + 12]}".replace("\n", "⏎"))
        print(f"{code:16} {found} of {len(planted)} found")
        short |= found * 10 < len(planted) * 8
    sys.exit(short)


if __name__ == "__main__":
    main()
