" ALE: ~/.vim/after/plugin/postlint.vim
function! PostlintFindings(buffer, lines) abort
  return map(empty(a:lines) ? [] : json_decode(join(a:lines)), {_, it -> extend(
    \ {'lnum': 1, 'type': toupper(it.level[0]), 'code': it.ruleId, 'text': it.message, 'detail': it.message . "\n" . it.help},
    \ has_key(it, 'span') ? {'lnum': it.line, 'col': it.span.start.columnByte, 'end_lnum': it.endLine, 'end_col': it.span.end.columnByte - 1} : {})})
endfunction
for s:type in ['markdown', 'html']
  call ale#linter#Define(s:type, {'name': 'postlint', 'executable': 'postlint', 'callback': 'PostlintFindings',
    \ 'command': '%e -q --format json-flat --stdin-filename %s -'})
endfor
