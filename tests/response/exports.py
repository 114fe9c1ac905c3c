"""Exports of the platforms as they write them, made up from what is documented of their quirks."""

import io
import zipfile

import openpyxl

SHY = "\u00ad"


def table(header, *rows, delimiter=",", encoding="utf-8"):
    """Lines of cells as bytes of CSV; cells with the delimiter are quoted."""
    lines = [header, *rows]
    text = "\n".join(delimiter.join(_quoted(str(cell), delimiter) for cell in line) for line in lines) + "\n"
    return text.encode(encoding)


def _quoted(cell, delimiter):
    return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in (delimiter, '"', "\n")) else cell


def workbook(**sheets):
    """Sheets of rows as bytes of XLSX."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title.replace("_", " "))
        for row in rows:
            sheet.append(list(row))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def zipped(**files):
    """Files as bytes of a ZIP."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


ADS_DE = (
    "Kampagnenname",
    "Anzeigengruppenname",
    "Berichtsstart",
    "Berichtsende",
    "Ergebnisse",
    "Indikator für Ergebnisse",
    "Reichweite",
    "Impressionen",
    "Ausgegebener Betrag (EUR)",
    "„In den Einkaufswagen“ auf Website – Conversion-Wert",
    "Videowiedergaben bis 100\u00a0%",
    "Link-Klicks",
    "CTR (alle)",
)

ADS_EN = (
    "Reporting starts",
    "Reporting ends",
    "Campaign name",
    "Ad set name",
    "Ad name",
    "Results",
    "Result indicator",
    "Reach",
    "Impressions",
    "Amount spent (USD)",
    "Link clicks",
    "Frequency",
)

PAGE_2015 = (
    "Post ID",
    "Permalink",
    "Post Message",
    "Type",
    "Posted",
    "Lifetime Post Total Reach",
    "Lifetime Post Total Impressions",
    "Lifetime Organic Video Views",
    "Lifetime Organic Video Views",
)
PAGE_2015_BELOW = (
    *[""] * 5,
    "Lifetime: The total number of people your Page post was served to. (Unique Users)",
    "Lifetime: The number of impressions of your Page post. (Total Count)",
    "Lifetime: Number of times your video was viewed for more than 3 seconds. (Unique Users)",
    "Lifetime: Number of times your video was viewed for more than 3 seconds. (Total Count)",
)

FACEBOOK_EN = (
    "Post ID",
    "Page ID",
    "Page name",
    "Title",
    "Description",
    "Duration (sec)",
    "Publish time",
    "Permalink",
    "Post type",
    "Date",
    "Views",
    "Reach",
    "Reactions, Comments and Shares",
    "Reactions",
    "Comments",
    "Shares",
    "Total clicks",
)

FACEBOOK_DE = (
    "Beitrags-ID",
    "Seitenname",
    "Titel",
    "Veröffentlichungszeitpunkt",
    "Permalink",
    "Beitragstyp",
    "Aufrufe",
    "Reichweite",
    "Reaktionen",
    "Kommentare",
    "Geteilte Inhalte",
)

YOUTUBE_2020 = tuple(
    text.replace("|", SHY)
    for text in (
        "Vi|deo",
        "Vi|deo|ti|tel",
        "Ver|öf|fent|li|chungs|zeit|punkt des Vi|de|os",
        "Auf|ru|fe",
        "Wie|der|ga|be|zeit (Stun|den)",
        "Abon|nen|ten",
        "Im|pres|sio|nen",
        "Klick|ra|te der Im|pres|sio|nen (%)",
    )
)

LINKEDIN_DAYS = (
    "Date",
    "Impressions (organic)",
    "Impressions (sponsored)",
    "Impressions (total)",
    "Unique impressions (organic)",
    "Clicks (organic)",
    "Clicks (sponsored)",
    "Clicks (total)",
    "Reactions (total)",
    "Comments (total)",
    "Reposts (total)",
    "Engagement rate (total)",
)
LINKEDIN_POSTS = (
    "Post title",
    "Post link",
    "Post type",
    "Campaign name",
    "Created date",
    "Audience",
    "Impressions",
    "Views",
    "Clicks",
    "Click through rate (CTR)",
    "Likes",
    "Comments",
    "Reposts",
    "Follows",
    "Engagement rate",
    "Content Type",
)


def meta_account(title, *days, date="Date"):
    """One figure of an account, as Meta Business Suite writes it: UTF-16 with a byte order mark."""
    lines = ["sep=,", f'"{title}"', f'"{date}","Primary"', *(f'"{day}T00:00:00","{n}"' for day, n in days)]
    return ("\r\n".join(lines) + "\r\n").encode("utf-16")


def activity(number, *, to, cc=(), kind="Create", content="<p>Hallo &amp; willkommen</p>", media=()):
    """One entry of a Mastodon outbox."""
    address = f"https://example.social/users/brand/statuses/{number}"
    post = {
        "id": address,
        "url": f"https://example.social/@brand/{number}",
        "content": content,
        "summary": None,
        "published": "2026-09-15T16:00:00Z",
        "to": list(to),
        "cc": list(cc),
        "attachment": [{"type": "Document", "mediaType": m} for m in media],
    }
    return {
        "id": f"{address}/activity",
        "type": kind,
        "actor": "https://example.social/users/brand",
        "object": post if kind == "Create" else "https://elsewhere.example/1",
    }


def plus_page(number, *, visibility="Shared with: Public"):
    """One post of Google+ as Takeout writes it in HTML."""
    return f"""<!DOCTYPE html><html><head><title>Post</title><style>p {{}}</style></head><body>
<div itemscope><a class="author" href="https://plus.google.com/1">Brand</a> -
<a href="https://plus.google.com/1/posts/{number}">2018-10-01 12:30:00+0000</a></div>
<div class="main-content">Ein Beitrag<br>mit zwei Zeilen</div>
<div class="visibility">{visibility}</div>
<div class="post-activity"><div class="plus-oners">+1'd by: <a href="https://plus.google.com/2">A</a>,
<a href="https://plus.google.com/3">B</a></div>
<div class="resharers">Reshared by: <a href="https://plus.google.com/4">C</a></div></div>
<div class="comments"><div class="comment"><a class="author" href="https://plus.google.com/5">D</a> Ja</div>
<div class="comment"><a class="author" href="https://plus.google.com/6">E</a> Nein</div></div>
</body></html>""".encode()


def plus_post(number, *, public=True):
    """One post of Google+ as Takeout writes it in JSON."""
    return {
        "url": f"https://plus.google.com/1/posts/{number}",
        "creationTime": "2018-10-01 12:30:00+0000",
        "author": {"displayName": "Brand"},
        "content": "Ein <b>Beitrag</b>",
        "resourceName": f"users/1/posts/{number}",
        "plusOnes": [{"plusOner": {"displayName": "A"}}, {"plusOner": {"displayName": "B"}}],
        "comments": [{"content": "Ja", "author": {"displayName": "D"}}],
        "postAcl": {"isPublic": public},
    }
