;; Eglot, in init.el.
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '((markdown-mode gfm-mode) . ("postlint" "lsp"))))
(add-hook 'markdown-mode-hook #'eglot-ensure)
