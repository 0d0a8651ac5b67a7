-- Neovim 0.11 and later: ~/.config/nvim/lsp/postlint.lua, and `vim.lsp.enable("postlint")` in init.lua.
vim.filetype.add({ extension = { mdx = "mdx" } })
return {
  cmd = { "postlint", "lsp" },
  filetypes = { "markdown", "mdx", "html", "yaml" },
  root_markers = { "postlint.yml", "_config.yml", ".git" },
}
