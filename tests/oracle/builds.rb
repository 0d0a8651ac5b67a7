# Builds a Jekyll site: builds.rb SITE DESTINATION [CONFIG...]. Used by builds.py.
#
# Plugins and themes that are not installed are left out. A tag that only they define is replaced: an include by Jekyll's
# own, any other tag by nothing, and a block by what is in it.
require "jekyll"
%w(jekyll-feed jekyll-seo-tag).each do |name|
  require name
rescue LoadError
  nil
end

# Jekyll's own YAML library reads aliases; the one of Debian's package does not. An alias without an anchor is null.
Psych.singleton_class.prepend(
  Module.new do
    def safe_load(yaml, **options)
      super(yaml, **options, :aliases => true)
    rescue Psych::BadAlias => e
      name = e.message[/\S+\z/]
      super(yaml.gsub(/\*#{Regexp.escape(name)}\b/, "null"), **options, :aliases => true)
    end
  end
)

# Styles are no pages, and may import those of a theme.
Jekyll::Converters::Scss.prepend(Module.new { def convert(content) = content })

# Includes of a theme and links to pages are empty if they are not there.
missing = Module.new do
  def render(context)
    super
  rescue IOError, ArgumentError, Jekyll::Errors::PostURLError => e
    raise unless e.message.start_with?("Could not")
    ""
  end
end
Jekyll::Tags.constants.map { |name| Jekyll::Tags.const_get(name) }.grep(Class).each { |tag| tag.prepend(missing) if tag < Liquid::Tag }

site, destination, *configs = ARGV
Dir.chdir(site)
text = Dir.glob("**/*.{md,markdown,html,xml,txt,json}", File::FNM_DOTMATCH).map { |path| File.binread(path) }.join("\n")
ends = text.scan(/\{%-?\s*end(\w+)/n).flatten.uniq
text.scan(/\{%-?\s*(\w+)/n).flatten.uniq.each do |name|
  next if Liquid::Template.tags[name] || name.start_with?("end") || %w(else elsif when).include?(name)
  replacement = name.start_with?("include") ? Jekyll::Tags::IncludeTag : ends.include?(name) ? Liquid::Block : Class.new(Liquid::Tag)
  Liquid::Template.register_tag(name, replacement)
end

installed = { "plugins" => [], "gems" => [], "theme" => nil, "remote_theme" => nil }
# Without a fixed time, two builds differ.
fixed = { "time" => "2026-01-01 00:00:00 +0000", "disable_disk_cache" => true, "incremental" => false, "lsi" => false, "highlighter" => "rouge" }
given = { "destination" => destination, "quiet" => true }
given["config"] = configs unless configs.empty?
source = ENV["SOURCE"]
given["source"] = source if source
config = Jekyll.configuration(given.merge(installed, fixed))
config["theme"] = nil
config["markdown"] = "kramdown" if config["markdown"] == "redcarpet"
Jekyll.logger.log_level = :error
Jekyll::Site.new(config).process
