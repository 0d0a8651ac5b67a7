//! Whether the host of a site answers a URL in another form than that of the page: `/x/` for `/x.html`, or the other way
//! round. Plain servers and GitHub Pages do not; <https://github.com/slorber/trailing-slash-guide> compares hosts.

use crate::site::folder::Folder;

/// Files of hosts that redirect one form to the other, and of servers that may do so.
const FILES: [&str; 13] = [
    "_headers",
    "_redirects",
    "_routes.json",
    "_worker.js",
    "Caddyfile",
    "netlify.toml",
    "nginx.conf",
    "render.yaml",
    "serve.json",
    "staticwebapp.config.json",
    "wrangler.json",
    "wrangler.jsonc",
    "wrangler.toml",
];

/// Names of such hosts and of their programs, in what deploys a site.
const HOSTS: [&str; 4] = ["azure/static-web-apps", "cloudflare", "netlify", "wrangler"];

/// Where GitHub looks for what it runs when the repository changes, and how many of these files are read.
const WORKFLOWS: &str = ".github/workflows";
const MAX_WORKFLOWS: usize = 20;

/// Files in which something may ask for it, with the words that do.
const WORDS: [(&str, &[&str]); 5] = [
    ("README.md", &["netlify.com", "netlify.app", "pages.dev", "workers.dev"]),
    ("firebase.json", &["cleanUrls"]),
    ("now.json", &["cleanUrls", "routes"]),
    ("package.json", &HOSTS),
    ("vercel.json", &["cleanUrls", "routes"]),
];

/// Domains of hosts that redirect one form to the other.
const DOMAINS: [&str; 6] =
    ["netlify.app", "netlify.com", "onrender.com", "azurestaticapps.net", "pages.dev", "workers.dev"];

/// Whether something in this folder of a site says that its host may answer both forms.
pub fn may_answer_both_forms(folder: &dyn Folder, inside: &str) -> bool {
    let path = |name: &str| if inside.is_empty() { name.to_owned() } else { format!("{inside}/{name}") };
    let listed = folder.list(inside);
    let has = |name: &str| listed.iter().any(|(it, is_folder)| it == name && !is_folder);
    let says = |name: &str, is_meant: &dyn Fn(&str) -> bool| {
        has(name) && folder.read(&path(name)).is_none_or(|text| is_meant(&text))
    };
    FILES.iter().any(|name| has(name))
        || WORDS.iter().any(|(name, words)| says(name, &|text| words.iter().any(|word| text.contains(word))))
        || says(".htaccess", &|text| text.lines().any(rewrites_any_url))
        || inside.is_empty() && is_deployed(folder)
}

/// Whether a workflow of the repository deploys it to such a host.
fn is_deployed(folder: &dyn Folder) -> bool {
    let listed = folder.list(WORKFLOWS).into_iter().take(MAX_WORKFLOWS);
    let texts =
        listed.filter(|(_, is_folder)| !is_folder).filter_map(|(name, _)| folder.read(&format!("{WORKFLOWS}/{name}")));
    texts.map(|text| text.to_ascii_lowercase()).any(|text| HOSTS.iter().any(|host| text.contains(host)))
}

/// Whether a host has one of the domains that answer both forms.
pub fn answers_both_forms(host: &str) -> bool {
    DOMAINS.iter().any(|domain| host.strip_suffix(domain).is_some_and(|above| above.ends_with('.')))
}

/// Whether a line of Apache's config may change any URL. A rule that only changes the scheme or the host does not.
fn rewrites_any_url(line: &str) -> bool {
    let lower = line.trim().to_ascii_lowercase();
    let mut words = lower.split_whitespace();
    match words.next() {
        Some("options") => words.any(|word| word.trim_start_matches('+') == "multiviews"),
        Some("rewriterule" | "redirectmatch") => {
            let pattern = words.find(|word| word.parse::<u16>().is_err()).unwrap_or("");
            let start = pattern.trim_start_matches(['"', '^', '/']);
            let is_any = start.is_empty() || start.starts_with(['(', '.', '[', '\\', '$']);
            is_any && !words.next().is_some_and(|target| target.ends_with("%{request_uri}"))
        }
        _ => false,
    }
}
