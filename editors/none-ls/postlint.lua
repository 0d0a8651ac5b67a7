-- none-ls: in init.lua, after `setup`.
local function parse(params)
  return vim.tbl_map(function(it)
    local span = it.span or { start = {}, ["end"] = {} }
    return { row = span.start.line, col = span.start.columnByte, end_row = span["end"].line, end_col = span["end"].columnByte,
      severity = ({ error = 1, warn = 2, info = 3 })[it.level], message = it.message, code = it.ruleId }
  end, params.output or {})
end
local args = { "-q", "--exit-zero", "--format", "json-flat", "--stdin-filename", "$FILENAME", "-" }
local generator = require("null-ls.helpers").generator_factory({ command = "postlint", args = args, to_stdin = true, format = "json", on_output = parse })
require("null-ls").register({ name = "postlint", method = require("null-ls").methods.DIAGNOSTICS, filetypes = { "markdown", "mdx", "html" }, generator = generator })
