;; Eglot, in init.el.
(add-to-list 'auto-mode-alist '("\\.mdx\\'" . markdown-mode))
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '((markdown-mode gfm-mode html-mode mhtml-mode yaml-mode) . ("postlint" "lsp"))))
(add-hook 'markdown-mode-hook #'eglot-ensure)
