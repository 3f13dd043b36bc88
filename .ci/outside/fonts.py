"""Every font is embedded, cut down to what is used, and copies out as Unicode."""

from report import output

CHECK = "fonts"


def check(files, report):
    for file in files:
        fonts = parse(output(["pdffonts", file.pdf]))
        report.add(CHECK, f"{file.name}: has fonts", fonts, "no font at all")
        for name, kind, embedded, subset, unicode in fonts:
            wrong = [
                word
                for word, bad in [
                    ("not embedded", not embedded),
                    ("not subset", not subset),
                    ("no Unicode map", not unicode),
                    ("Type 3", kind.startswith("Type 3")),
                ]
                if bad
            ]
            report.add(CHECK, f"{file.name}: {name}", not wrong, ", ".join(wrong))


def parse(table):
    """Rows of pdffonts: name, type, embedded, subset, with a Unicode map."""
    lines = table.splitlines()
    if len(lines) < 2:
        return []
    # Columns are told by the rule of dashes under the heading: names and types have spaces.
    starts, ends, position = [], [], 0
    for dashes in lines[1].split(" "):
        starts.append(position)
        ends.append(position + len(dashes))
        position += len(dashes) + 1
    rows = []
    for line in lines[2:]:
        # A name that is too long pushes its line's columns to the right; those behind the name
        # never have more than their width.
        name = line[: ends[0]].strip()
        rest = line
        if len(line) > ends[0] and line[ends[0]] != " ":
            name = line.split(" ")[0]
            rest = " " * ends[0] + line[len(name) :]
        columns = [rest[start:end].strip() for start, end in zip(starts, ends)]
        rows.append((name, columns[1], *(columns[i] == "yes" for i in (3, 4, 5))))
    return rows
