# Builds a Jekyll site for links.py: links.rb SITE DESTINATION [SOURCE [CONFIG]]. Layouts print only the content of a page, in an
# element `article` with the path of its source. The build is in the folder that `baseurl` names. A line says which folder
# has the sources.
require_relative "jekyll"

# Plugins do nothing where they are not installed.
Jekyll::External.singleton_class.prepend(
  Module.new do
    def require_with_graceful_fail(names)
      Array(names).each do |name|
        super(name)
      rescue Jekyll::Errors::MissingDependencyException, StandardError => e
        warn "left out: #{name}: #{e.message.lines.first}"
      end
    end
  end
)

# What is not there has no URL; the build would end here.
not_found = Module.new do
  def render(context)
    url = super
    url.empty? ? "/not-found/#{@orig_post&.delete_prefix("/") || Liquid::Template.parse(@relative_path.to_s).render(context)}" : url
  end
end

# The path of a page or document in the folder of the site, or nil for pages of plugins. That of a document is relative to the
# folder of all collections.
def origin(document)
  path = document.is_a?(Jekyll::Document) ? document.path.delete_prefix("#{document.site.source}/") : document.relative_path
  path if File.file?(document.site.in_source_dir(path))
end

Jekyll::Renderer.prepend(
  Module.new do
    def place_in_layouts(content, payload, info) = origin(document) ? content : super

    def render_document
      super
    rescue Jekyll::Errors::InvalidDateError
      raise if origin(document)

      ""
    end
  end
)

site, destination, source, config = ARGV
Dir.chdir(site)
Jekyll.logger.log_level = :error
given = { "quiet" => true, "disable_disk_cache" => true, "incremental" => false, "lsi" => false, "highlighter" => "rouge", "gist" => { "noscript" => false } }
given["source"] = source unless source.to_s.empty?
given["config"] = config if config
settings = Jekyll.configuration(given)
# In old versions it was a whole URL.
base = settings["baseurl"].to_s.sub(%r!\A\w+://[^/]*!, "")
settings.merge!("baseurl" => base, "destination" => File.join(destination, base), "theme" => nil, "remote_theme" => nil)
settings["markdown"] = "kramdown" if settings["markdown"] == "redcarpet"
built = Jekyll::Site.new(settings)
define_missing_tags
[Jekyll::Tags::Link, Jekyll::Tags::PostUrl].each { |tag| tag.prepend(not_found) }
%w(reset read generate render).each { |phase| built.public_send(phase) }
(built.pages + built.docs_to_write.grep_v(Jekyll::StaticFile)).each do |it|
  path = origin(it)
  it.output = %(<article data-post="#{path}">#{it.output}</article>) if path && it.output_ext == ".html"
end
%w(cleanup write).each { |phase| built.public_send(phase) }
puts "source #{built.source}"
