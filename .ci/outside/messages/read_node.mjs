// Messages as npm's mailparser reads them: file names on standard input, one JSON on a line each.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(process.argv[2] + "/");
const { simpleParser } = require("mailparser");

const mailbox = (field) => {
  const value = field?.value ?? [];
  return value.length === 1 ? [value[0].name, value[0].address] : null;
};

for await (const path of createInterface({ input: process.stdin })) {
  const mail = await simpleParser(readFileSync(path), { skipTextToHtml: true, skipImageLinks: true });
  const said = {
    from: mailbox(mail.from),
    to: mailbox(mail.to),
    reply: mailbox(mail.replyTo),
    subject: mail.subject,
    id: mail.messageId,
    text: mail.text,
    html: mail.html,
    files: mail.attachments.map((file) => ({
      name: file.filename,
      type_name: file.headers.get("content-type").params.name,
      sha256: createHash("sha256").update(file.content).digest("hex"),
    })),
  };
  console.log(JSON.stringify(said));
}
