"""LibreOffice as a printer: DOCX to PDF, with the official font names on the bundled fonts."""

import os
import shutil
import subprocess

import aliases

# So many files at a time: one start of the office for each batch.
BATCH = 25


def to_pdf(files, folder, mode, work, fonts):
    """Converts DOCX files into `folder`; returns {stem: PDF}, without those that did not come."""
    work.mkdir(parents=True, exist_ok=True)
    configuration = aliases.write(work, fonts, mode)
    return printed(files, folder, configuration, work / f"profile-{mode}", work)


def printed(files, folder, configuration, profile, home):
    """The same under a fontconfig file of one's own."""
    folder.mkdir(parents=True, exist_ok=True)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise RuntimeError("LibreOffice is not there")
    environment = {**os.environ, "FONTCONFIG_FILE": str(configuration), "HOME": str(home)}
    for start in range(0, len(files), BATCH):
        subprocess.run(
            [office, f"-env:UserInstallation={profile.resolve().as_uri()}",
             "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder),
             *map(str, files[start : start + BATCH])],
            env=environment,
            check=True,
            timeout=600,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    made = {file.stem: folder / f"{file.stem}.pdf" for file in files}
    return {stem: pdf for stem, pdf in made.items() if pdf.exists()}
