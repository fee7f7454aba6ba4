-- What helps to write policy: completion, signatures, fixes.
local t = require('harness')

local scripts = 0

--- What is offered behind the last `before` of a script around some lines.
local function offered(lines, before)
  scripts = scripts + 1
  local text = ('require("msys.core")\n\nlocal mod = {}\n\n%s\n\nmsys.registerModule("writing", mod)\n'):format(lines)
  local path = ('etc/conf/global/writing_%d.lua'):format(scripts)
  vim.fn.writefile(vim.split(text, '\n'), vim.fs.joinpath(vim.env.POLICY, path))
  t.open(path)
  local at = text:find(before, 1, true) + #before - 1
  local above = select(2, text:sub(1, at):gsub('\n', ''))
  local column = at - #text:sub(1, at):match('^(.*\n)')
  local result = t.ask('textDocument/completion', { position = { line = above, character = column } })
  return result.items or result
end

local function named(items, start)
  return vim.iter(items):find(function(item)
    return vim.startswith(item.label, start)
  end)
end

t.it('the skeleton of a callout is offered', function()
  local item = named(offered('function mod:', 'function mod:'), 'validate_mailfrom')
  assert(item, 'no validate_mailfrom')
  local text = item.textEdit and item.textEdit.newText or item.insertText
  t.match('validate_mailfrom%(.*vctx.*%).*msys%.core%.VALIDATE_CONT', text)
end)

t.it('members of msys, of values, and context variables are offered', function()
  assert(named(offered('msys.', '\nmsys.'), 'registerModule'))
  local callout = 'function mod:validate_rcptto(msg, str, accept, vctx)\n%s\nend'
  assert(named(offered(callout:format('  vctx:'), '  vctx:'), 'set_code'))
  local text = '  vctx:get(msys.core.VCTX_MESS, "")'
  assert(named(offered(callout:format(text), 'VCTX_MESS, "'), 'mailfrom_string'))
end)

t.it('signature help names the parameter', function()
  t.open('mistakes/sender_check.lua')
  t.go_to('452, ', 5)
  local help = t.ask('textDocument/signatureHelp')
  local signature = help.signatures[(help.activeSignature or 0) + 1]
  t.match('set_code', signature.label)
  t.equal(1, signature.activeParameter or help.activeParameter)
end)

t.it('a code action adds the require that is missing', function()
  local buffer = t.open('mistakes/sender_check.lua')
  local found = t.eventually('the finding', function()
    return vim.iter(vim.diagnostic.get(buffer)):find(function(found)
      return found.code == 'companion-require'
    end)
  end)
  local actions = t.ask('textDocument/codeAction', {
    range = {
      start = { line = found.lnum, character = found.col },
      ['end'] = { line = found.end_lnum, character = found.end_col },
    },
    context = { diagnostics = { found.user_data.lsp } },
  })
  assert(vim.iter(actions):any(function(action)
    return action.title:find('msys.datasource', 1, true) ~= nil
  end), vim.inspect(actions))
end)
