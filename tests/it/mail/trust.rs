//! A mail server named by `hongtou.yaml` gets a password only after somebody has said yes to it.

use std::fs;

use serde_json::json;

use crate::support::desk::{Desk, Ended, ended};
use crate::support::smtp::{Manners, Server};

const ISSUE: &str = "\
masthead: {owner: 青山区, name: 工作快报}
issue: {number: 7, date: 2019-03-14, office: 青山区办公室}
text: 近日，区民政局开展活动。
distribution: {superiors: [区委]}
";

/// An office that logs in at this server.
fn desk(server: &Server) -> Desk {
    let desk = Desk::new();
    desk.write("甲.yaml", ISSUE);
    settings(&desk, server.port, "");
    desk.write("recipients.yaml", "报: {区委: qw@qs.example.cn}\n");
    desk.run(&["archive", "add", "甲.yaml"]).code(0);
    desk
}

fn settings(desk: &Desk, port: u16, more: &str) {
    let mail = format!(
        "series: qs\nmail: {{server: 127.0.0.1, port: {port}, security: plain, \
         sender: kb@qs.example.cn, user: kb{more}}}\n"
    );
    desk.write("hongtou.yaml", mail);
}

/// A run with the password in the environment.
fn send(desk: &Desk, arguments: &[&str]) -> Ended {
    let mut command = desk.command(&[&["send"], arguments].concat());
    ended(command.env("HONGTOU_SMTP_PASSWORD", "s3cret").output().unwrap())
}

/// What a person said yes to, as it is kept.
fn confirmed(desk: &Desk, port: u16) -> serde_json::Value {
    let settings = desk.path("hongtou.yaml").canonicalize().unwrap();
    json!({"version": 1, "servers": [{
        "settings": settings, "server": "127.0.0.1", "port": port, "security": "plain",
        "user": "kb", "ca": null,
    }]})
}

/// Puts a book into the user's configuration.
fn keep(desk: &Desk, book: &serde_json::Value) {
    let path = desk.configuration().join("hongtou/mail-servers.json");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, book.to_string()).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }
}

#[test]
fn a_server_gets_no_password_before_somebody_said_yes() {
    let server = Server::new(Manners::default());
    let desk = desk(&server);
    let flag = format!("--trust-server 127.0.0.1:{}", server.port);
    for arguments in [&["甲.yaml"][..], &["7"], &["甲.yaml", "--test", "me@qs.example.cn"]] {
        let ended = send(&desk, arguments).code(3);
        ended.says(&["还没有确认过", "什么也没有发", "hongtou.yaml", "“kb”", &flag]);
    }
    assert_eq!(server.seen().lines, 0);
    // What sends nothing asks nothing.
    send(&desk, &["甲.yaml", "--dry-run"]).code(0);
    send(&desk, &["甲.yaml", "--to-folder", "信"]).code(0);
    desk.run(&["send", "status", "7"]).code(3).says(&["没有发送过"]);
    // What is advised works, for this run alone.
    let flag: Vec<&str> = flag.split(' ').collect();
    send(&desk, &[&["甲.yaml", "--test", "me@qs.example.cn"], &*flag].concat()).code(0);
    send(&desk, &["甲.yaml"]).code(3).says(&["还没有确认过"]);
    send(&desk, &[&["甲.yaml"], &*flag].concat()).code(0);
    assert_eq!(server.seen().taken, ["me@qs.example.cn", "qw@qs.example.cn"]);
    assert!(!desk.configuration().join("hongtou").exists());
}

#[test]
fn the_flag_names_the_server_of_the_settings_or_nothing_is_sent() {
    let server = Server::new(Manners::default());
    let desk = desk(&server);
    let other = format!("127.0.0.1:{}", server.port ^ 1);
    for named in [&*other, "127.0.0.1", "smtp.163.com:465", "*", ""] {
        let ended = send(&desk, &["7", "--trust-server", named]).code(3);
        ended.says(&["却是", &format!("127.0.0.1:{}", server.port)]);
        // Nor is a password kept for it.
        let mut password = desk.command(&["send", "password", "--trust-server", named]);
        ended_with(password.output().unwrap(), 3, "却是");
    }
    // Without a login too: whoever names a server means that one.
    let mail = fs::read_to_string(desk.path("hongtou.yaml")).unwrap().replace(", user: kb", "");
    desk.write("hongtou.yaml", mail);
    send(&desk, &["7", "--trust-server", &other]).code(3).says(&["却是"]);
    assert_eq!(server.seen().lines, 0);
    // Who does not log in has no password to lose.
    send(&desk, &["7"]).code(0);
}

fn ended_with(output: std::process::Output, code: i32, said: &str) {
    ended(output).code(code).says(&[said]);
}

#[test]
fn what_was_confirmed_is_not_asked_again_until_it_changes() {
    let server = Server::new(Manners::default());
    let desk = desk(&server);
    let test = ["7", "--test", "me@qs.example.cn"];
    keep(&desk, &confirmed(&desk, server.port));
    send(&desk, &test).code(0);
    // From wherever it is called, and whatever else is set.
    settings(&desk, server.port, ", timeout: 30");
    send(&desk, &test).code(0);
    let lines = server.seen().lines;
    let said = |ended: Ended| drop(ended.code(3).says(&["还没有确认过"]));
    // Another server, and another one called the same elsewhere.
    let thief = Server::new(Manners::default());
    settings(&desk, thief.port, "");
    said(send(&desk, &test));
    let mail = fs::read_to_string(desk.path("hongtou.yaml")).unwrap();
    desk.write("hongtou.yaml", mail.replace("127.0.0.1", "localhost"));
    said(send(&desk, &test));
    // Another user, in the settings or in the environment.
    settings(&desk, server.port, "2");
    said(send(&desk, &test));
    settings(&desk, server.port, "");
    let mut command = desk.command(&[&["send"], &test[..]].concat());
    command.env("HONGTOU_SMTP_PASSWORD", "s3cret").env("HONGTOU_SMTP_USER", "other");
    said(ended(command.output().unwrap()));
    // Certificates of its own.
    desk.write("ca.pem", "");
    settings(&desk, server.port, ", ca: ca.pem");
    said(send(&desk, &test));
    settings(&desk, server.port, "");
    // The same settings in another place: a file that somebody sent.
    fs::create_dir(desk.path("下载")).unwrap();
    fs::copy(desk.path("hongtou.yaml"), desk.path("下载/hongtou.yaml")).unwrap();
    desk.write("下载/甲.yaml", ISSUE);
    said(send(&desk, &["下载/甲.yaml", "--test", "me@qs.example.cn"]));
    assert_eq!((server.seen().lines, thief.seen().lines), (lines, 0));
    send(&desk, &test).code(0);
}

/// A link to settings that were confirmed is not those settings: paths in it count from elsewhere.
#[cfg(unix)]
#[test]
fn a_link_to_confirmed_settings_is_asked_for_itself() {
    let server = Server::new(Manners::default());
    let desk = desk(&server);
    keep(&desk, &confirmed(&desk, server.port));
    desk.write("下载/甲.yaml", ISSUE);
    std::os::unix::fs::symlink("../hongtou.yaml", desk.path("下载/hongtou.yaml")).unwrap();
    let ended = send(&desk, &["下载/甲.yaml", "--test", "me@qs.example.cn"]).code(3);
    ended.says(&["还没有确认过", "下载/hongtou.yaml"]);
    // The folder by another way is the same one.
    std::os::unix::fs::symlink(".", desk.path("别名")).unwrap();
    send(&desk, &["别名/甲.yaml", "--test", "me@qs.example.cn"]).code(0);
}

/// A book that lies beside the issue, or that others may write, confirms nothing.
#[cfg(unix)]
#[test]
fn a_book_of_somebody_elses_confirms_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let server = Server::new(Manners::default());
    let desk = desk(&server);
    let book = confirmed(&desk, server.port);
    desk.write("hongtou/mail-servers.json", book.to_string());
    desk.write(".config/hongtou/mail-servers.json", book.to_string());
    for (name, value) in [("XDG_CONFIG_HOME", "."), ("XDG_CONFIG_HOME", ""), ("HOME", ".")] {
        let mut command = desk.command(&["send", "7"]);
        command.env_remove("XDG_CONFIG_HOME").env("HOME", desk.configuration());
        command.env("HONGTOU_SMTP_PASSWORD", "s3cret").env(name, value);
        assert_eq!(ended(command.output().unwrap()).code, 3, "{name}={value}");
    }
    keep(&desk, &book);
    let path = desk.configuration().join("hongtou/mail-servers.json");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).unwrap();
    send(&desk, &["7"]).code(3).says(&["别人也能改", "chmod 600"]);
    fs::write(&path, "{").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    send(&desk, &["7"]).code(3).says(&["读不懂", "删去它"]);
    assert_eq!(server.seen().lines, 0);
}
