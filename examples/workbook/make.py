"""Writes 顧客名簿.xlsx, the demo's workbook: a customer book as salons really have them. Run: python3 make.py (needs openpyxl).

Everybody in it is invented: numbers lie in blocks without subscribers (090-0000-…, 03-0000-…), addresses under example.jp.
"""

import datetime
import random

import openpyxl
from openpyxl.styles import Font

SURNAMES = """佐藤 サトウ|鈴木 スズキ|高橋 タカハシ|田中 タナカ|伊藤 イトウ|渡辺 ワタナベ|山本 ヤマモト|中村 ナカムラ|小林 コバヤシ|加藤 カトウ|吉田 ヨシダ|山田 ヤマダ
佐々木 ササキ|山口 ヤマグチ|松本 マツモト|井上 イノウエ|木村 キムラ|林 ハヤシ|斎藤 サイトウ|清水 シミズ|山崎 ヤマザキ|森 モリ|池田 イケダ|橋本 ハシモト|阿部 アベ|石川 イシカワ
髙橋 タカハシ|渡邊 ワタナベ|齋藤 サイトウ|山﨑 ヤマザキ|濵田 ハマダ|𠮷田 ヨシダ|小笠原 オガサワラ|勅使河原 テシガワラ|東海林 ショウジ|五十嵐 イガラシ"""
GIVEN = """陽菜 ヒナ|結衣 ユイ|美咲 ミサキ|さくら サクラ|葵 アオイ|凛 リン|花子 ハナコ|恵子 ケイコ|和子 カズコ|由美子 ユミコ|久美子 クミコ|真由美 マユミ|智子 トモコ|裕子 ユウコ|京子 キョウコ
愛 アイ|舞 マイ|彩 アヤ|麻衣 マイ|千尋 チヒロ|翔太 ショウタ|大輔 ダイスケ|健一 ケンイチ|太郎 タロウ|誠 マコト|蓮 レン|湊 ミナト|悠真 ユウマ"""
HEADINGS = ["姓", "名", "セイ", "メイ", "電話番号", "生年月日", "性別", "メールアドレス", "住所", "流入経路"]
WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
DASHES = ["-", "‐", "−", "ー", "–", "－"]
PLACES = ["東京都渋谷区神南1-2-3", "神奈川県横浜市西区みなとみらい2丁目", "大阪府大阪市北区梅田３−１−１", "〒150-0041 東京都渋谷区神南1-19-11", "埼玉県さいたま市大宮区", ""]
CHANNELS = ["紹介", "ホットペッパー", "Instagram", "チラシ、紹介", "通りがかり", ""]


def pairs(text):
    return [entry.split() for entry in text.replace("\n", "|").split("|")]


def half(kana):
    """Full-width katakana as the cash register wrote it: ﾔﾏﾀﾞ."""
    plain = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォッャュョー"
    narrow = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｯｬｭｮｰ"
    table = dict(zip(plain, narrow))
    table.update({chr(ord(base) + 1): table[base] + "ﾞ" for base in "カキクケコサシスセソタチツテトハヒフヘホ" if base in table})
    table.update({chr(ord(base) + 2): table[base] + "ﾟ" for base in "ハヒフヘホ"})
    return "".join(table[char] for char in kana)


def phone(rng, number):
    digits = f"0900000{number * 7919 % 10_000:04d}"
    shape = rng.randrange(10)
    if shape < 3:
        return int(digits)  # Excel ate the zero
    if shape < 7:
        dash = rng.choice(DASHES)
        return f"{digits[:3]}{dash}{digits[3:7]}{dash}{digits[7:]}"
    return digits.translate(WIDE) if shape == 7 else digits


def birthday(rng):
    day = datetime.date(1940, 1, 1) + datetime.timedelta(days=rng.randrange(25_000))
    shape = rng.randrange(8)
    if shape < 3:
        return day  # a real date cell: a serial
    if shape == 3:
        return day.strftime("%Y/%m/%d")
    if shape in (4, 5):
        for start, letter, name in [(datetime.date(1989, 1, 8), "H", "平成"), (datetime.date(1926, 12, 25), "S", "昭和")]:
            if day >= start:
                year = day.year - start.year + 1
                return f"{letter}{year}.{day.month}.{day.day}" if shape == 4 else f"{name}{'元' if year == 1 else year}年{day.month}月{day.day}日"
    return None


def main():
    rng = random.Random(20261121)
    surnames, given = pairs(SURNAMES), pairs(GIVEN)
    rows = []
    people = set()
    while len(rows) < 960:
        family, name = rng.choice(surnames), rng.choice(given)
        if (family[0], name[0]) in people:
            continue
        people.add((family[0], name[0]))
        number = len(rows) + 1
        kana = (half(family[1]), half(name[1])) if rng.random() < 0.3 else (family[1], name[1])
        mail = f"{'abcdefghijklmnopqrstuvwxyz'[number % 26]}{number}@example.jp" if rng.random() < 0.7 else None
        rows.append([family[0], name[0], *kana, phone(rng, number), birthday(rng), rng.choice(["女性", "女", "男性", "男", None]), mail, rng.choice(PLACES), rng.choice(CHANNELS)])
    # The same people once more, written differently: who exists already (name, and phone or e-mail).
    for row in rows[5:85]:
        again = list(row)
        again[0] = row[0] + "\u3000" if rng.random() < 0.5 else row[0]
        digits = "".join(char for char in str(row[4]) if char.isdigit()).translate({ord(w): n for w, n in zip("０１２３４５６７８９", "0123456789")}) if row[4] else ""
        digits = digits if digits.startswith("0") else "0" + digits
        again[4] = f"{digits[:3]}({digits[3:7]}){digits[7:]}"
        rows.append(again)
    # Rows that cannot be taken, each for a reason of its own.
    broken = [
        ["山田", None, "ヤマダ", "ハナコ", "090-0000-0901", None, "女性", None, None, None],
        ["鈴木", "一郎", "鈴木", "イチロウ", "090-0000-0902", None, "男性", None, None, None],
        ["田中", "次郎", "タナカ", "ジロウ", "電話なし", None, "男性", None, None, None],
        ["伊藤", "三郎", "イトウ", "サブロウ", "090-0000-0904", "平成31年5月1日", "男性", None, None, None],
        ["渡辺", "四郎", "ワタナベ", "シロウ", "090-0000-0905", "昭和64年1月8日", "男性", None, None, None],
        ["山本", "五郎", "ヤマモト", "ゴロウ", "090-0000-0906", None, "男性", "goro.example.jp", None, None],
        ["中村", "六花", "ナカムラ", "リッカ", "12345", None, "女性", None, None, None],
        ["小林", "七海", "コバヤシ", "ナナミ", "090-0000-0908", "1990/02/30", "女性", None, None, None],
        ["加藤", "八重", "カトウ", "ヤエ", "090-0000-0909", None, "秘密", None, None, None],
    ]
    # Three persons who came twice: married since, written down in kana on the phone, 姓 and 名 in each other's place. Suggestions, and the demo's merge.
    twice = [
        ["佐々木", "彩", "ササキ", "アヤ", "090-0000-0803", "1992/08/14", "女性", "aya@example.jp", "東京都渋谷区神南1-2-3", "紹介"],
        ["高橋", "彩", "タカハシ", "アヤ", "090-0000-0803", "平成4年8月14日", "女性", None, None, "ホットペッパー"],
        ["山田", "太郎", "ヤマダ", "タロウ", "090-0000-0801", "1985/05/05", "男性", "taro@example.jp", "東京都渋谷区神南1-2-3", "紹介"],
        ["ﾔﾏﾀﾞ", "ﾀﾛｳ", None, None, 9000000801, None, None, None, None, None],
        ["東海林", "千尋", "ショウジ", "チヒロ", "090-0000-0805", None, "女性", None, None, "通りがかり"],
        ["千尋", "東海林", "チヒロ", "ショウジ", "０９０－００００－０８０５", None, None, None, None, "Instagram"],
    ]
    names = {tuple(row[:2]) for row in twice}
    rows = [row for row in rows if (row[0].strip(), row[1]) not in names] + twice
    for place, row in enumerate(broken):
        rows.insert(110 * (place + 1), row)

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "顧客情報"
    sheet.append(HEADINGS)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append(row)
    for column, width in zip("ABCDEFGHIJ", [10, 10, 14, 14, 18, 16, 8, 24, 36, 18]):
        sheet.column_dimensions[column].width = width
    book.properties.creator = "daicho"
    book.properties.created = book.properties.modified = datetime.datetime(2026, 11, 21)
    book.save("顧客名簿.xlsx")
    print(len(rows), "rows")


if __name__ == "__main__":
    main()
