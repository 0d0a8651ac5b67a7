# Formula of a Homebrew tap (OWNER/homebrew-tap, Formula/postlint.rb), filled by the release.
class Postlint < Formula
  desc "@DESCRIPTION@"
  homepage "@REPOSITORY@"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "@REPOSITORY@/releases/download/v@VERSION@/postlint-aarch64-apple-darwin.tar.gz"
      sha256 "@SHA256 aarch64-apple-darwin@"
    end
    on_intel do
      url "@REPOSITORY@/releases/download/v@VERSION@/postlint-x86_64-apple-darwin.tar.gz"
      sha256 "@SHA256 x86_64-apple-darwin@"
    end
  end

  on_linux do
    on_arm do
      url "@REPOSITORY@/releases/download/v@VERSION@/postlint-aarch64-unknown-linux-musl.tar.gz"
      sha256 "@SHA256 aarch64-unknown-linux-musl@"
    end
    on_intel do
      url "@REPOSITORY@/releases/download/v@VERSION@/postlint-x86_64-unknown-linux-musl.tar.gz"
      sha256 "@SHA256 x86_64-unknown-linux-musl@"
    end
  end

  def install
    bin.install "postlint"
    man1.install Dir["share/man/man1/*"]
    bash_completion.install "share/bash-completion/completions/postlint"
    zsh_completion.install "share/zsh/site-functions/_postlint"
    fish_completion.install "share/fish/vendor_completions.d/postlint.fish"
  end

  test do
    (testpath/"a.md").write "---\ntitle: A title\n---\n\n![](a.png)\n"
    assert_match version.to_s, shell_output("#{bin}/postlint --version")
    assert_match "alt-empty-markdown", shell_output("#{bin}/postlint --exit-zero --format concise a.md")
  end
end
