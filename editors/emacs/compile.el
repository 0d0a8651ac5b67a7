;; `M-x compile` checks the post, in init.el.
(add-hook 'markdown-mode-hook
          (lambda ()
            (setq-local compile-command
                        (concat "postlint -q --format concise --column-unit cells "
                                (shell-quote-argument (file-name-nondirectory buffer-file-name))))))
