"""Small files that unpack to much, or that take long to read."""

import io
import zipfile
import zlib

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
)
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="{target}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
    "</Relationships>"
)


def docx(megabytes: int) -> bytes:
    """A Word file that is in order, and whose text unpacks to so many megabytes."""
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    paragraph = f"<w:p><w:r><w:t>{'drought ' * 1_000}</w:t></w:r></w:p>".encode()
    return _zipped(
        ("word/document.xml", main, "officeDocument"),
        f'<?xml version="1.0"?><w:document xmlns:w="{_W}"><w:body>'.encode(),
        paragraph,
        b"</w:body></w:document>",
        megabytes,
    )


def entities() -> bytes:
    """A Word file whose entities expand a billion times."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY l0 "drought">{levels}]>'
        f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body>'
        "</w:document>"
    )
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return _zipped(("word/document.xml", main, "officeDocument"), xml.encode(), b"", b"", 0)


def xlsx(megabytes: int) -> bytes:
    """A workbook with one endless cell."""
    head = (
        b'<?xml version="1.0"?><worksheet '
        b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>'
    )
    buffer = io.BytesIO()
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = (
        '<?xml version="1.0"?><workbook '
        'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'xmlns:r="{rel}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        override = f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/>'
        file.writestr("[Content_Types].xml", _TYPES.format(overrides=override))
        file.writestr("_rels/.rels", _RELS.format(target="xl/workbook.xml", kind="officeDocument"))
        file.writestr("xl/workbook.xml", book)
        file.writestr(
            "xl/_rels/workbook.xml.rels",
            _RELS.format(target="worksheets/sheet1.xml", kind="worksheet"),
        )
        with file.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(head)
            for _ in range(megabytes):
                part.write(b"a" * (1 << 20))
            part.write(b"</t></is></c></row></sheetData></worksheet>")
    return buffer.getvalue()


def pdf(megabytes: int) -> bytes:
    """A PDF whose one page unpacks to so many megabytes of text to draw."""
    packer = zlib.compressobj(9)
    line = b"(drought drought drought) Tj 0 -1 Td\n" * 25_000
    content = packer.compress(b"BT /F1 1 Tf 10 700 Td\n")
    for _ in range(megabytes):
        content += packer.compress(line)
    content += packer.compress(b"ET") + packer.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, one in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj" % number + one + b"endobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def html(megabytes: int) -> bytes:
    """A page of so many megabytes that holds elements without end."""
    return b"<html><body><p>1. Drought</p>" + b"<p><b>a</b><i>b</i>\n" * (megabytes * 52_000)


def _zipped(
    part: tuple[str, str, str], head: bytes, piece: bytes, tail: bytes, megabytes: int
) -> bytes:
    name, content_type, kind = part
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        override = f'<Override PartName="/{name}" ContentType="{content_type}"/>'
        file.writestr("[Content_Types].xml", _TYPES.format(overrides=override))
        file.writestr("_rels/.rels", _RELS.format(target=name, kind=kind))
        with file.open(name, "w", force_zip64=True) as written:
            written.write(head)
            block = piece * max(1, (1 << 20) // max(1, len(piece)))
            for _ in range(megabytes):
                written.write(block)
            written.write(tail)
    return buffer.getvalue()
