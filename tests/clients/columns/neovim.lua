-- The server, and the parsers of editors/nvim-lint and editors/none-ls: what Neovim underlines.
local function rows(wanted)
  local found = {}
  for _, it in ipairs(vim.diagnostic.get(0)) do
    if it.code == wanted then
      local line = vim.api.nvim_buf_get_lines(0, it.lnum, it.lnum + 1, false)[1]
      table.insert(found, (it.lnum + 1) .. "\t" .. line:sub(it.col + 1, it.end_col))
    end
  end
  return found
end

local source = vim.env.CLIENT
if source == "server" then
  if vim.lsp.config then
    vim.lsp.config("postlint", dofile(vim.env.SNIPPET))
    vim.lsp.enable("postlint")
  else
    dofile(vim.env.SNIPPET)
  end
  vim.cmd("set filetype=markdown")
  vim.wait(30000, function() return #rows("rel-unknown-token") > 0 end, 20)
else
  local snippet, parse, args
  if source == "nvim-lint" then
    snippet = dofile(vim.env.SNIPPET)
    parse, args = snippet.parser, snippet.args
  else
    -- none-ls itself is not here: its diagnostics become those of Neovim as `convert_range` of its `diagnostics.lua` does.
    package.loaded["null-ls.helpers"] = { generator_factory = function(options) return options end }
    package.loaded["null-ls"] = { methods = {}, register = function(it) snippet = it.generator end }
    dofile(vim.env.SNIPPET)
    args = snippet.args
    parse = function(output)
      return vim.tbl_map(function(it)
        it.lnum, it.end_lnum, it.col, it.end_col = it.row - 1, it.end_row - 1, it.col - 1, it.end_col - 1
        return it
      end, snippet.on_output({ output = vim.json.decode(output) }))
    end
  end
  local command = { "postlint" }
  for _, it in ipairs(args) do
    if type(it) == "function" then it = it() end
    table.insert(command, it == "$FILENAME" and vim.api.nvim_buf_get_name(0) or it)
  end
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n") .. "\n"
  local found = parse(vim.fn.system(command, text))
  vim.diagnostic.set(vim.api.nvim_create_namespace("postlint"), 0, found)
end
vim.fn.writefile(rows("rel-unknown-token"), vim.env.ROWS)
vim.cmd("qall!")
