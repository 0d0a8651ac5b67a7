//! The document tree: HTML, Markdown, templates, and the queries of rules.

mod accessible_names;
mod addresses;
mod corpus_counts;
mod corpus_spans;
mod flavors;
mod hostile_html;
mod html5lib;
mod html_tree;
mod language_tags;
mod markdown;
mod native;
mod python_markdown;
mod python_markdown_cases;
mod scraper_oracle;
mod selectors;
mod templates;
mod text;
mod width;
