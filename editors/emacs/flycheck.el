;; Flycheck, in init.el.
(require 'flycheck)
(flycheck-define-checker postlint
  "Findings of postlint."
  :command ("postlint" "-q" "--format" "concise" "--stdin-filename" source-original "-") :standard-input t
  :error-patterns ((error line-start (file-name) ":" line ":" column ": error[" (id (+ (not "]"))) "] " (message) line-end)
                   (warning line-start (file-name) ":" line ":" column ": warn[" (id (+ (not "]"))) "] " (message) line-end)
                   (info line-start (file-name) ":" line ":" column ": info[" (id (+ (not "]"))) "] " (message) line-end))
  :modes (markdown-mode gfm-mode html-mode mhtml-mode))
(add-to-list 'flycheck-checkers 'postlint)
