"""Makes broken files out of a good one, each with one fault that a check must find."""

import pikepdf

# mm to pt
MM = 72 / 25.4


def without_font_programs(pdf, out):
    """Fonts named but not inside."""
    with pikepdf.open(pdf) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                    if key in thing:
                        del thing[key]
        document.save(out)


def without_metadata(pdf, out):
    """No XMP: no claim to be PDF/A."""
    with pikepdf.open(pdf) as document:
        del document.Root.Metadata
        document.save(out)


def cut_short(pdf, out):
    """The last tenth of the file is lost."""
    data = pdf.read_bytes()
    out.write_bytes(data[: len(data) * 9 // 10])


def another_byte(pdf, out):
    """One bit of one byte differs."""
    data = bytearray(pdf.read_bytes())
    data[len(data) // 2] ^= 1
    out.write_bytes(bytes(data))


def text_objects(operations):
    """Positions of the operators that begin and end each text object."""
    begin = None
    for at, operation in enumerate(operations):
        if str(operation.operator) == "BT":
            begin = at
        elif str(operation.operator) == "ET":
            yield begin, at


def edit(pdf, out, page, change):
    """Passes the content of a page through `change` (a list of operations to a list)."""
    with pikepdf.open(pdf) as document:
        sheet = document.pages[page]
        operations = change(list(pikepdf.parse_content_stream(sheet)))
        sheet.Contents = document.make_stream(pikepdf.unparse_content_stream(operations))
        document.save(out)


def operation(name, *operands):
    return pikepdf.ContentStreamInstruction(list(operands), pikepdf.Operator(name))


def moved(operations, right, down):
    """Operations moved on the page, mm."""
    # Writers turn the page upside down or not; the sign does not matter for a fault.
    matrix = operation("cm", 1, 0, 0, 1, right * MM, -down * MM)
    return [operation("q"), matrix, *operations, operation("Q")]


def page_moved(pdf, out):
    """Everything on the second page is 1.2 mm lower."""
    edit(pdf, out, 1, lambda operations: moved(operations, 0, 1.2))


def run_moved(pdf, out):
    """One piece of text in the middle of the second page is half a millimetre lower."""

    def change(operations):
        objects = list(text_objects(operations))
        begin, end = objects[len(objects) // 2]
        middle = moved(operations[begin : end + 1], 0, 0.5)
        return operations[:begin] + middle + operations[end + 1 :]

    edit(pdf, out, 1, change)


def text_missing(pdf, out):
    """The longest piece of text of the second page is not shown."""

    def change(operations):
        shown = [i for i, o in enumerate(operations) if str(o.operator) in ("Tj", "TJ")]
        longest = max(shown, key=lambda i: len(pikepdf.unparse_content_stream([operations[i]])))
        return [o for i, o in enumerate(operations) if i != longest]

    edit(pdf, out, 1, change)


def rules_thicker(pdf, out):
    """The rules of the last page are a tenth thicker."""

    def change(operations):
        start = 0.0
        for o in operations:
            name = str(o.operator)
            if name in ("m", "l"):
                x, y = (float(operand) for operand in o.operands)
                start = y if name == "m" else start
                yield operation(name, x, start + 1.1 * (y - start))
            elif name == "re":
                x, y, w, h = o.operands
                yield operation("re", x, y, w, float(h) * 1.1)
            else:
                yield o

    edit(pdf, out, -1, lambda operations: list(change(operations)))


def rule_missing(pdf, out):
    """The last rule of the colophon is not drawn."""

    def change(operations):
        fills = [i for i, o in enumerate(operations) if str(o.operator) in ("f", "f*")]
        # The two dashes of the page number come after it.
        operations[fills[-3]] = operation("n")
        return operations

    edit(pdf, out, -1, change)
