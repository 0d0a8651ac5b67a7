# Jekyll where plugins and themes of a site are not installed. Used by builds.rb and links.rb.
#
# A tag that only they define is replaced: an include by Jekyll's own, any other tag by nothing, and a block by what is in it.
require "jekyll"

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
MISSING = Module.new do
  def render(context)
    super
  rescue IOError, ArgumentError, Jekyll::Errors::PostURLError => e
    raise unless e.message.start_with?("Could not")
    ""
  end
end

# Makes the tags of the site in this folder do something where their files or their definitions are not there.
def define_missing_tags
  Liquid::Template.tags.map { |name, _| Liquid::Template.tags[name] }.each { |tag| tag.prepend(MISSING) if tag.name.start_with?("Jekyll") }
  text = Dir.glob("**/*.{md,markdown,html,xml,txt,json}", File::FNM_DOTMATCH).map { |path| File.binread(path) }.join("\n")
  ends = text.scan(/\{%-?\s*end(\w+)/n).flatten.uniq
  text.scan(/\{%-?\s*(\w+)/n).flatten.uniq.each do |name|
    next if Liquid::Template.tags[name] || name.start_with?("end") || %w(else elsif when).include?(name)
    replacement = name.start_with?("include") ? Jekyll::Tags::IncludeTag : ends.include?(name) ? Liquid::Block : Class.new(Liquid::Tag)
    Liquid::Template.register_tag(name, replacement)
  end
end
