//! Swift of Debian 13 in a folder, entered by chroot in namespaces of its own: Debian 12 has none.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::cached::Cached;
use crate::shell;

/// The root of a small Debian with the packages of the list.
const TOOLCHAIN: Cached = Cached { folder: "swift/root", list: "bindings/swift/toolchain.txt" };
const SUITE: &str = "trixie";
/// Nobody reads these here.
const LEFT_OUT: [&str; 3] = ["/usr/share/doc/*", "/usr/share/man/*", "/usr/share/locale/*"];

/// Enters the folder given first. The mounts end with the namespace, and every process with its first one.
/// Nothing here takes 20 minutes: what hangs is ended.
const ENTER: &str = r#"
root=$1; shift
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
while [ "$1" != -- ]; do
    mkdir -p "$root$1"
    mount --bind "$1" "$root$1"
    shift
done
folder=$2; shift 2
exec timeout --kill-after=10 1200 chroot "$root" env -i --chdir="$folder" ${SOFTHSM2_CONF:+"SOFTHSM2_CONF=$SOFTHSM2_CONF"} "$@"
"#;

/// Needs root, and mmdebstrap of the list of packages.
pub(crate) fn prepare() -> Result<(), String> {
    TOOLCHAIN.prepare(|list, folder| {
        let packages = fs::read_to_string(list).map_err(|error| error.to_string())?;
        let packages: Vec<&str> = packages.lines().filter(|line| !line.starts_with('#')).collect();
        let mut command = Command::new("mmdebstrap");
        command.args(["--quiet", "--mode=root", "--variant=apt"]);
        command.arg(format!("--include={}", packages.join(",")));
        command.args(LEFT_OUT.map(|path| format!("--dpkgopt=path-exclude={path}")));
        command.arg(SUITE).arg(folder).arg(mirror()?);
        shell::capture(&mut command)?;
        hosts(folder)
    })
}

/// A command that runs the program in the folder with Swift; `None` if it was not made.
///
/// The checkout, cargo's target folder and the temporary folder stand at the same places as outside, the network is
/// the same, and the environment holds what is given, where SoftHSM finds its tokens, and nothing else. Arguments are
/// added to the command.
pub(crate) fn inside(program: &str, environment: &[(&str, String)]) -> Option<Command> {
    let root = TOOLCHAIN.ready()?;
    let mut command = Command::new("unshare");
    command.args(["--mount", "--pid", "--fork", "--kill-child", "sh", "-euc", ENTER, "enter"]).arg(root);
    command.args([shell::root(), &shell::target(), &std::env::temp_dir()]).arg("--").arg(shell::root());
    command.args(["HOME=/root", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8"]);
    command.args(environment.iter().map(|(name, value)| format!("{name}={value}")));
    command.arg(program);
    Some(command)
}

/// The address that this machine has Debian from.
fn mirror() -> Result<String, String> {
    let release = fs::read_to_string("/etc/os-release").map_err(|error| error.to_string())?;
    let codename =
        release.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME=")).unwrap_or("stable");
    let mut files = vec![PathBuf::from("/etc/apt/sources.list")];
    let folder = fs::read_dir("/etc/apt/sources.list.d").into_iter().flatten();
    files.extend(folder.filter_map(|entry| Some(entry.ok()?.path())));
    let found = files.iter().filter_map(|file| fs::read_to_string(file).ok());
    let found = found.flat_map(|text| sources(&text)).find(|(_, suite)| suite == codename);
    found.map(|(address, _)| address).ok_or_else(|| format!("no apt source has {codename}"))
}

/// Address and suite of each source, in either of apt's formats (sources.list(5)).
fn sources(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for line in text.lines() {
        let words = line.split_whitespace().filter(|word| !word.contains(['[', ']', '=']));
        if let ["deb", address, suite, ..] = words.collect::<Vec<_>>()[..] {
            found.push((address.to_owned(), suite.to_owned()));
        }
    }
    for stanza in text.split("\n\n") {
        let field = |name: &str| {
            let value = stanza.lines().find_map(|line| line.strip_prefix(name));
            value.unwrap_or_default().split_whitespace()
        };
        for address in field("URIs:") {
            found.extend(field("Suites:").map(|suite| (address.to_owned(), suite.to_owned())));
        }
    }
    found
}

/// Names of this machine, and who may vouch for servers.
fn hosts(folder: &Path) -> Result<(), String> {
    for file in ["etc/hosts", "etc/resolv.conf", "etc/ssl/certs/ca-certificates.crt"] {
        let copied = fs::copy(Path::new("/").join(file), folder.join(file));
        copied.map_err(|error| format!("{file}: {error}"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::sources;

    #[test]
    fn both_formats_of_apt_are_read() {
        let lines = "# deb none never main\ndeb [arch=amd64 signed-by=/k] http://a/debian bookworm main\n";
        assert_eq!(sources(lines), [("http://a/debian".to_owned(), "bookworm".to_owned())]);
        let stanzas = "Types: deb\n# from elsewhere\nURIs: http://b\nSuites: x x-updates\n\nURIs: http://c\nSuites: y\n";
        let wanted = [("http://b", "x"), ("http://b", "x-updates"), ("http://c", "y")];
        assert_eq!(sources(stanzas), wanted.map(|(a, s)| (a.to_owned(), s.to_owned())));
    }
}
