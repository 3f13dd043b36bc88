use std::fmt;

use super::*;

fn refused<T: fmt::Debug>(result: io::Result<T>) -> Refusal {
    let error = result.expect_err("refused");
    refusal(&error).unwrap_or_else(|| panic!("{error}"))
}

#[test]
fn no_more_is_read_than_the_limit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("甲");
    fs::write(&path, b"12345678").unwrap();
    assert_eq!(read(&path, 8).unwrap(), b"12345678");
    assert_eq!(refused(read(&path, 7)), Refusal::TooLarge(7));
    // What tells no size, or a wrong one, is cut off all the same.
    assert_eq!(refused(bounded(io::repeat(0), 1000)), Refusal::TooLarge(1000));
    assert_eq!(bounded(&b"12"[..], 2).unwrap(), b"12");
    assert_eq!(Refusal::TooLarge(4 << 20).to_string(), "文件太大，最多4 MB");
    assert_eq!(Refusal::TooLarge(4 << 10).to_string(), "文件太大，最多4 KB");
}

#[test]
fn a_text_may_be_as_long_as_its_reader_allows() {
    assert_eq!(most::TEXT, crate::yaml::MAX_BYTES as u64);
}

#[test]
fn a_folder_is_no_file_and_nothing_is_nothing() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(refused(read(folder.path(), 9)), Refusal::Folder);
    assert_eq!(refused(own(folder.path(), Make::Shared)), Refusal::Folder);
    assert_eq!(refused(is_file(folder.path())), Refusal::Folder);
    assert_eq!(refused(may_replace(folder.path())), Refusal::Folder);
    let none = folder.path().join("无");
    assert_eq!(read(&none, 9).unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(own(&none, Make::Never).unwrap_err().kind(), ErrorKind::NotFound);
    assert!(!is_file(&none).unwrap() && !is_there(&none) && may_replace(&none).is_ok());
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_no_file_is_named_without_waiting() {
    use std::os::unix::net::UnixListener;
    let folder = tempfile::tempdir().unwrap();
    let (pipe, socket) = (folder.path().join("管道"), folder.path().join("套接字"));
    make_pipe(&pipe);
    let _listener = UnixListener::bind(&socket).unwrap();
    for (path, what) in [
        (pipe.as_path(), Refusal::Pipe),
        (&socket, Refusal::Socket),
        (Path::new("/dev/null"), Refusal::Device),
        (Path::new("/dev/zero"), Refusal::Device),
    ] {
        assert_eq!(refused(read(path, 9)), what);
        assert_eq!(refused(own(path, Make::Shared)), what);
        assert_eq!(refused(is_file(path)), what);
        assert_eq!(refused(may_replace(path)), what);
        assert!(is_there(path));
    }
    assert_eq!(Refusal::Pipe.to_string(), "这是管道，不是文件");
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_to_be_read_and_never_to_be_written() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("甲"), b"1").unwrap();
    symlink("甲", at("链接")).unwrap();
    symlink("无", at("断")).unwrap();
    symlink("圈", at("圈")).unwrap();
    assert_eq!(read(&at("链接"), 9).unwrap(), b"1");
    assert!(is_file(&at("链接")).unwrap());
    for name in ["断", "圈"] {
        assert_eq!(refused(read(&at(name), 9)), Refusal::DeadLink);
        assert_eq!(refused(is_file(&at(name))), Refusal::DeadLink);
        assert!(is_there(&at(name)));
    }
    for name in ["链接", "断", "圈"] {
        assert_eq!(refused(own(&at(name), Make::Shared)), Refusal::Link);
        assert!(may_replace(&at(name)).is_ok());
    }
    assert!(!at("无").exists());
}

#[cfg(unix)]
#[test]
fn a_private_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("甲");
    let file = own(&path, Make::Private).unwrap();
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    sync_folder(folder.path()).unwrap();
    assert!(sync_folder(&path).is_err());
}

/// A pipe in a folder.
#[cfg(target_os = "linux")]
fn make_pipe(path: &Path) {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
}
