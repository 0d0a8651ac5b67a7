# jekyll.rb SITE [SOURCE [CONFIG]] prints `path<TAB>url` for each page of a Jekyll site. Plugins and themes are left out: they need not be installed.
require "jekyll"

# Jekyll's own YAML library reads aliases; the one of Debian's package does not.
Psych.singleton_class.prepend(
  Module.new { def safe_load(yaml, **options) = super(yaml, **options, :aliases => true) }
)

# URLs do not depend on data files.
Jekyll::Reader.prepend(Module.new { def read_data = nil })

folder = File.expand_path(ARGV.fetch(0))
Dir.chdir(folder)
Jekyll.logger.log_level = :error
overrides = { "source" => nil, "plugins" => [], "gems" => [], "theme" => nil, "remote_theme" => nil, "safe" => true }
overrides["source"] = ARGV[1] if ARGV[1]
overrides["config"] = ARGV[2] if ARGV[2]
config = Jekyll.configuration(overrides.compact.merge("quiet" => true, "disable_disk_cache" => true))
config["theme"] = nil
site = Jekyll::Site.new(config)
site.reset
site.read

show = lambda do |path, url|
  path = path.delete_prefix("#{folder}/")
  base = config["baseurl"].to_s.sub(%r!\A\w+://[^/]*!, "").chomp("/")
  base = "/#{base}" unless base.empty? || base.start_with?("/")
  puts "#{path}\t#{base}#{url}"
end
documents = site.collections.values.select(&:write?).flat_map(&:docs).select(&:write?)
documents.each { |it| show.call(it.path, it.url) }
site.pages.each { |it| show.call(File.join(site.source, it.relative_path), it.url) }
files = site.static_files.select { |it| it.write? && it.extname.match?(/\A\.html?\z/) }
files.each { |it| show.call(it.path, it.url) }
