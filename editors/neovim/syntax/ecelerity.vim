" Configuration of the Momentum MTA.
if exists('b:current_syntax')
  finish
endif
syntax match ecelerityComment /#.*$/ contains=@Spell
syntax region ecelerityComment start=/\/\*/ end=/\*\// contains=@Spell
syntax match ecelerityStanza /\<\h\w*\ze\%(\s\+\%("[^"]*"\|'[^']*'\|\/[^ \t\/]\+\/\|[^ \t{}="'#]\+\)\)*\s*{/
syntax match ecelerityOption /\<\h[A-Za-z0-9_.]*\%(-[A-Za-z0-9_.]\+\)*\ze\s*[+-]\?=>\@!/
syntax match ecelerityInclude /^\s*\%(readonly_\)\?include\>/
syntax match ecelerityNumber /[A-Za-z0-9_.:\/-]\@<!-\?\%(0x\x\+\|\d\+\%(\.\d\+\)\?\)[A-Za-z0-9_.:\/-]\@!/
syntax case ignore
syntax keyword ecelerityBoolean true false yes no on off enabled disabled
syntax case match
syntax region ecelerityString start=/"/ skip=/\\./ end=/"/ contains=ecelerityMacro,ecelerityEscape
syntax region ecelerityString start=/'/ skip=/\\./ end=/'/ contains=ecelerityMacro,ecelerityEscape
syntax match ecelerityEscape /\\./ contained
syntax match ecelerityMacro /%{[^}"]*}/ contained
highlight default link ecelerityComment Comment
highlight default link ecelerityStanza Type
highlight default link ecelerityOption Identifier
highlight default link ecelerityInclude PreProc
highlight default link ecelerityNumber Number
highlight default link ecelerityBoolean Boolean
highlight default link ecelerityString String
highlight default link ecelerityEscape SpecialChar
highlight default link ecelerityMacro Special
let b:current_syntax = 'ecelerity'
