-- Opens the post with the language server, and checks what Neovim makes of it. Works from 0.7 on.

local function fail(text)
  io.stderr:write("neovim: " .. text .. "\n")
  vim.cmd("cquit 1")
end

local function wait(what, is_so)
  if not vim.wait(30000, is_so, 20) then fail("waited in vain for " .. what) end
end

local function diagnostics(rule)
  return vim.tbl_filter(function(it) return it.code == rule end, vim.diagnostic.get(0))
end

-- The text of a diagnostic, by the bytes at which Neovim shows it.
local function text_of(it)
  local line = vim.api.nvim_buf_get_lines(0, it.lnum, it.lnum + 1, false)[1]
  return line:sub(it.col + 1, it.end_col)
end

local function is(what, actual, expected)
  if actual ~= expected then fail(what .. ": " .. vim.inspect(actual) .. " instead of " .. vim.inspect(expected)) end
end

local id
if vim.lsp.config then
  vim.lsp.config("postlint", { cmd = { vim.env.POSTLINT, "lsp" }, filetypes = { "markdown" }, root_markers = { ".git" } })
  vim.lsp.enable("postlint")
  vim.bo.filetype = "markdown"
  wait("the client", function()
    local client = vim.lsp.get_clients({ bufnr = 0 })[1]
    id = client and client.id
    return client and client.initialized
  end)
else
  id = vim.lsp.start_client({ cmd = { vim.env.POSTLINT, "lsp" }, root_dir = vim.fn.getcwd() })
  vim.lsp.buf_attach_client(0, id)
end

local image = '<img src="/assets/quay.png">'
wait("findings", function() return #diagnostics("alt-missing") == 1 end)
is("the image", text_of(diagnostics("alt-missing")[1]), image)
is("the token", text_of(diagnostics("rel-unknown-token")[1]), "dofollow")

-- An edit in the line, in front of the finding.
local line = diagnostics("alt-missing")[1].lnum
local before = vim.api.nvim_buf_get_lines(0, line, line + 1, false)[1]
vim.api.nvim_buf_set_lines(0, line, line + 1, false, { "𝒜👩가 " .. before })
vim.cmd("doautocmd TextChanged")
wait("findings after an edit", function()
  local found = diagnostics("alt-missing")
  return #found == 1 and text_of(found[1]) == image and found[1].col > #"𝒜👩가 "
end)

-- The quick fix of the token, applied by Neovim.
local token = diagnostics("rel-unknown-token")[1]
local client = vim.lsp.get_client_by_id(id)
local encoding = client.offset_encoding
vim.api.nvim_win_set_cursor(0, { token.lnum + 1, token.col })
local params = vim.lsp.util.make_range_params(0, encoding)
params.context = { diagnostics = {}, only = { "quickfix" } }
local answers = vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 10000)
local fix
for _, action in ipairs(answers[id].result) do
  if action.isPreferred then fix = action end
end
if not fix.edit then fix = vim.lsp.buf_request_sync(0, "codeAction/resolve", fix, 10000)[id].result end
vim.lsp.util.apply_workspace_edit(fix.edit, encoding)
local fixed = vim.api.nvim_buf_get_lines(0, token.lnum, token.lnum + 1, false)[1]
is("the fixed line", fixed:match('rel="(.-)"'), "nofollow")
wait("the finding to go", function() return #diagnostics("rel-unknown-token") == 0 end)

-- The page of a rule.
local found = diagnostics("alt-missing")[1]
vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col + 2 })
local hover = vim.lsp.buf_request_sync(0, "textDocument/hover", vim.lsp.util.make_position_params(0, encoding), 10000)
is("the hover", vim.startswith(hover[id].result.contents.value, "## alt-missing: "), true)

io.stdout:write("neovim: right, in " .. encoding .. "\n")
vim.cmd("qall!")
