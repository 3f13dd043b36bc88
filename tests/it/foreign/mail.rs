//! Mail: answers of servers, what journals hold of them, recipients, folders, the environment.

use std::fs;

use serde_json::{Value, json};

use super::{BEGINNING, EVIL, MARK, UNSEEN, UNSEEN_MARK, check, quoted, walk, walk_json};
use crate::support::desk::Desk;
use crate::support::shelf;
use crate::support::smtp::{Manners, Server};

const ISSUE: &str = "\
masthead: {owner: 青山区, name: 工作快报}
issue: {number: 7, date: 2019-03-14, office: 青山区办公室}
text: 近日，区民政局开展活动。
distribution: {superiors: [区委]}
contact: {email: kuaibao@qs.example.cn}
";
const MAIL: &str = "mail: {sender: 青山区办公室 <kuaibao@qs.example.cn>";
const LIST: &str = "报: {区委: 王芳 <wf@qs.example.cn>}\n";
const JOURNAL: &str = "archive/mail_journal/qs/2019/7.jsonl";

fn lines(events: &[Value]) -> String {
    let head = json!({"event": "journal", "version": 1, "issue": "qs/2019/7", "revision": 0});
    let line = |event: &Value| {
        let mut line = event.clone();
        line["at"] = "2019-03-14T09:00:00+08:00".into();
        line["revision"].is_null().then(|| line["revision"] = 1.into());
        format!("{line}\n")
    };
    std::iter::once(&head).chain(events).map(line).collect()
}

/// A desk with an archived issue that can be sent.
fn office(mail: &str) -> Desk {
    let desk = Desk::new();
    desk.write("甲.yaml", ISSUE);
    desk.write("hongtou.yaml", format!("series: qs\n{MAIL}{mail}}}\n"));
    desk.write("recipients.yaml", LIST);
    desk.run(&["archive", "add", "甲.yaml"]).code(0);
    desk
}

/// Journals of earlier versions hold what servers said as it came.
#[test]
fn what_a_journal_holds_is_harmless() {
    let desk = Desk::new();
    let folder = hongtou::archive::Folder::new(desk.path("archive"));
    shelf::put(&folder, &shelf::entry("qs", 2019, 7, Vec::new()), b"%PDF-");
    let said = |word: &str| format!("{word}{EVIL}");
    let recipient = json!({
        "address": said("a"), "person": said("人"), "unit": said("位"), "groups": [said("组")],
    });
    desk.write(
        JOURNAL,
        lines(&[
            json!({"event": "due", "recipients": [recipient]}),
            json!({"event": "sent", "to": said("a"), "answer": said("250 收")}),
            json!({"event": "failed", "to": said("b"), "reason": "refused", "said": said("550 拒"), "later": false}),
            json!({"event": "unknown", "to": "c@b.cn", "said": said("断")}),
            json!({"event": "stopped", "left": ["d@b.cn"], "reason": said("因"), "said": said("停")}),
        ]),
    );
    // What was said is one harmless line as soon as it is read; the rest is shown as what it is.
    let marks = ["a", "人", "位", "组", "b"].map(|word| format!("{word}{MARK}"));
    let marks = marks.iter().map(String::as_str).chain(["收坏‹U+001B›[2J", "拒坏", "断坏", "停坏"]);
    let marks: Vec<&str> = marks.collect();
    let status = ["send", "status", "7"];
    walk(&desk, "a table", &status, &marks);
    walk(&desk, "a table for Excel", &[&status[..], &["--format", "csv"]].concat(), &marks);
    walk_json(&desk, "for programs", &status, &[&said("人")]);
    for (what, text) in [
        ("an unknown event", lines(&[json!({"event": EVIL})])),
        ("no journal", format!("{}\n", Value::from(EVIL))),
    ] {
        desk.write(JOURNAL, text);
        let ended = desk.run(&status);
        check(what, &ended, &status, &["发送记录"]);
    }
}

#[test]
fn what_a_server_says_is_harmless() {
    const SAID: &str = "554 5.7.1 拒收甲乙 \u{1b}[2J\u{202e}\u{200b}\u{9b}2K\u{e0041}丙";
    let server = Server::new(Manners { sender: Some(SAID), ..Manners::default() });
    let desk = office(&format!(", 服务器: 127.0.0.1, 端口: {}, 加密: 不加密", server.port));
    let other = Value::from(EVIL).to_string();
    desk.write(JOURNAL, lines(&[]).replace("\"qs/2019/7\"", &other));
    walk(&desk, "a journal of another issue", &["send", "甲.yaml"], &[MARK]);
    fs::remove_file(desk.path(JOURNAL)).unwrap();
    walk(&desk, "an answer", &["send", "甲.yaml"], &["拒收甲乙"]);
    walk(&desk, "an answer, kept", &["send", "status", "7"], &["拒收甲乙"]);
    walk(&desk, "an answer to a test", &["send", "甲.yaml", "--test", "b@b.cn"], &["拒收甲乙"]);
    let server = Server::new(Manners { greeting: Some(SAID), ..Manners::default() });
    let mail = format!(", 服务器: 127.0.0.1, 端口: {}, 加密: 不加密", server.port);
    desk.write("hongtou.yaml", format!("series: qs\n{MAIL}{mail}}}\n"));
    walk(&desk, "a greeting", &["send", "甲.yaml"], &["拒收甲乙"]);
}

#[test]
fn names_around_a_sending_are_harmless() {
    let desk = office(", 服务器: 127.0.0.1, 端口: 9, 加密: 不加密");
    let (missing, folder) = (format!("无{EVIL}.yaml"), format!("夹{EVIL}"));
    for (what, arguments, marks) in [
        ("a missing file", &["send", &*missing][..], &[MARK][..]),
        ("an address", &["send", "甲.yaml", "--test", EVIL], &["‹U+202E›‹U+2066›"]),
        ("nobody of this name", &["send", "甲.yaml", "--dry-run", "--only", EVIL], &[MARK]),
        ("a folder of messages", &["send", "甲.yaml", "--to-folder", &folder], &[MARK]),
        ("a folder that is a file", &["send", "甲.yaml", "--to-folder", "甲.yaml"], &[]),
        ("a label", &["recipients", "import", "甲.yaml", "--as", EVIL], &[MARK]),
    ] {
        walk(&desk, what, arguments, marks);
    }
    fs::remove_dir_all(desk.path(&folder)).unwrap();
    desk.write(&format!("{folder}/件{EVIL}.eml"), "别的");
    let other = ["send", "甲.yaml", "--to-folder", &folder];
    walk(&desk, "messages of others", &other, &["夹坏‹U+001B›", "件坏‹U+001B›"]);
    let file = format!("{EVIL}.yaml");
    desk.write(&file, ISSUE.replace("number: 7", "number: 8"));
    walk(&desk, "an issue that is not kept", &["send", &file], &[MARK, "还没有存档"]);
    desk.write(&file, ISSUE.replace("近日", "日前"));
    walk(&desk, "an issue that was changed", &["send", &file], &[MARK, "改过"]);
}

#[test]
fn recipients_are_harmless() {
    let desk = office("");
    let evil = quoted(EVIL);
    let cut = "‹U+202E›‹U+2066›";
    for (what, list, mark) in [
        ("a group", format!("报: {{{evil}: a@b.cn}}\n"), BEGINNING),
        ("a person", format!("报: {{区委: {{姓名: {evil}, 邮箱: a@b.cn}}}}\n"), cut),
        ("an address", format!("报: {{区委: {evil}}}\n"), cut),
        ("a label", format!("{evil}: {{区委: a@b.cn}}\n"), BEGINNING),
    ] {
        desk.write("recipients.yaml", list);
        walk(&desk, what, &["recipients", "list"], &[mark]);
        walk(&desk, what, &["send", "甲.yaml", "--dry-run"], &[mark]);
    }
    let cell = format!("\"{EVIL}\"");
    desk.write("recipients.yaml", LIST);
    for (what, table, mark) in [
        ("a head", format!("{cell},组,邮箱\n发,信息员,a@b.cn\n"), cut),
        ("a group", format!("分送,组,邮箱\n发,{cell},a@b.cn\n"), BEGINNING),
        ("a person", format!("分送,组,姓名,邮箱\n发,信息员,{cell},a@b.cn\n"), cut),
        ("an address", format!("分送,组,邮箱\n发,信息员,{cell}\n"), cut),
    ] {
        desk.write("表.csv", table);
        walk(&desk, what, &["recipients", "import", "表.csv", "--dry-run"], &[mark]);
    }
    let file = format!("{EVIL}.csv");
    desk.write(&file, "分送,组,邮箱\n发,信息员,a b@c.cn\n");
    walk(&desk, "a table", &["recipients", "import", &file], &[MARK, "没有导入"]);
    let list = format!("单{EVIL}.yaml");
    desk.write("好.csv", "分送,组,邮箱\n发,信息员,a@b.cn\n");
    let import = ["recipients", "--list", &list, "import", "好.csv"];
    walk(&desk, "a list that is filled", &import, &["单坏‹U+001B›[2J"]);
}

#[test]
fn settings_and_environment_are_harmless() {
    let desk = office(", 服务器: 127.0.0.1, 端口: 9, 加密: 不加密");
    let trusted = ["send", "甲.yaml", "--trust-server", "127.0.0.1:9"];
    let ended = desk.command(&trusted).env("HONGTOU_SMTP_USER", EVIL).output().unwrap();
    let err = String::from_utf8(ended.stderr).unwrap();
    let ended = crate::support::desk::Ended { code: 3, out: String::new(), err };
    check("a user of the environment", &ended, &trusted, &[MARK, "发信密码"]);
    let send = ["send", "甲.yaml"];
    let trusted = ["send", "甲.yaml", "--trust-server", "mail.example.cn:465"];
    let (evil, unseen) = (quoted(EVIL), quoted(UNSEEN));
    for (what, mail) in [
        ("a user", format!(", 服务器: mail.example.cn, 用户: {unseen}")),
        (
            "a file of a password",
            format!(", 服务器: mail.example.cn, 用户: 甲, 密码文件: {unseen}"),
        ),
        ("certificates", format!(", 服务器: mail.example.cn, 根证书: {unseen}")),
        ("an encryption", format!(", 服务器: mail.example.cn, 加密: {unseen}")),
        ("a subject", format!(", 主题: \"坏{{x{}}}\"", &unseen[1..unseen.len() - 1])),
    ] {
        desk.write("hongtou.yaml", format!("series: qs\n{MAIL}{mail}}}\n"));
        walk(&desk, what, &trusted, &[UNSEEN_MARK]);
    }
    desk.write("hongtou.yaml", format!("series: qs\n{MAIL}, 服务器: {evil}}}\n"));
    walk(&desk, "a server", &send, &["‹U+001B›[2J"]);
    desk.write("hongtou.yaml", format!("series: qs\n收件人: {evil}\n"));
    walk(&desk, "a list", &["recipients"], &[MARK]);
    desk.write("hongtou.yaml", format!("series: qs\n名录: {evil}\n"));
    walk(&desk, "a registry", &["archive", "stats"], &[MARK]);
    desk.write("hongtou.yaml", format!("series: qs\n名录: {{单位: [{evil}]}}\n"));
    walk(&desk, "units of a registry", &["archive", "stats"], &["坏"]);
}
