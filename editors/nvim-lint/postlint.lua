-- nvim-lint: ~/.config/nvim/lua/lint/linters/postlint.lua, and `linters_by_ft = { markdown = { "postlint" } }`.
local levels = { error = vim.diagnostic.severity.ERROR, warn = vim.diagnostic.severity.WARN, info = vim.diagnostic.severity.INFO }
local function parse(output)
  return vim.tbl_map(function(it)
    local first, last = (it.span or {}).start or { line = 1, columnByte = 1 }, (it.span or {})["end"] or {}
    return { lnum = first.line - 1, col = first.columnByte - 1, end_lnum = last.line and last.line - 1, end_col = last.columnByte and last.columnByte - 1,
      severity = levels[it.level], message = it.message, code = it.ruleId, source = "postlint" }
  end, output == "" and {} or vim.json.decode(output))
end
local args = { "-q", "--format", "json-flat", "--stdin-filename", function() return vim.api.nvim_buf_get_name(0) end, "-" }
return { cmd = "postlint", args = args, stdin = true, ignore_exitcode = true, parser = parse }
