-- Neovim 0.7 to 0.10: in init.lua.
vim.cmd("autocmd BufRead,BufNewFile *.mdx setfiletype mdx")
local id
vim.api.nvim_create_autocmd("FileType", {
  pattern = { "markdown", "mdx", "html", "yaml" },
  callback = function()
    id = id or vim.lsp.start_client({ cmd = { "postlint", "lsp" }, root_dir = vim.fn.getcwd() })
    vim.lsp.buf_attach_client(0, id)
  end,
})
