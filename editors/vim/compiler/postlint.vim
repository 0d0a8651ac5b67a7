" Vim and Neovim: ~/.vim/compiler/postlint.vim or ~/.config/nvim/compiler/postlint.vim, then `:compiler postlint` and `:make`.
CompilerSet makeprg=postlint\ -q\ --format\ concise\ --column-unit\ bytes\ %:S
CompilerSet errorformat=%f:%l:%c:\ %trror[%m,%f:%l:%c:\ %tarn[%m,%f:%l:%c:\ %tnfo[%m
