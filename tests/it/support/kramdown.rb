# Renders texts the way Jekyll's kramdown does: a JSON string a line in, a JSON string (or null) a line out.
require 'json'
require 'kramdown'
require 'kramdown-parser-gfm'

OPTIONS = {
  input: 'GFM', hard_wrap: false, auto_ids: true, toc_levels: (1..6).to_a, entity_output: :as_char,
  smart_quotes: 'lsquo,rsquo,ldquo,rdquo', footnote_nr: 1, show_warnings: false, syntax_highlighter: nil
}.freeze

STDIN.each_line(chomp: true) do |line|
  html = begin
    Kramdown::Document.new(JSON.parse(line), OPTIONS).to_html
  rescue StandardError
    nil
  end
  puts JSON.generate(html)
end
