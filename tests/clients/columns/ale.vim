" ALE with editors/ale: what it underlines.
set nocompatible encoding=utf-8 filetype=
let g:ale_linters_explicit = 1
let g:ale_linters = {'markdown': ['postlint']}
packadd ale
execute 'source' $SNIPPET
set filetype=markdown
ALELint
call ale#test#WaitForJobs(20000)
sleep 200m
let s:rows = []
for s:it in filter(ale#engine#GetLoclist(bufnr('')), {_, it -> get(it, 'code', '') ==# 'rel-unknown-token'})
  call add(s:rows, s:it.lnum . "\t" . strpart(getline(s:it.lnum), s:it.col - 1, s:it.end_col - s:it.col + 1))
endfor
call writefile(s:rows, $ROWS)
qall!
