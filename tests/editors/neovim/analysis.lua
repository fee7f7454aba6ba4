-- What the server knows, as Neovim shows it.
local t = require('harness')

local function finding(buffer, code)
  return vim.iter(vim.diagnostic.get(buffer)):find(function(found)
    return found.code == code
  end)
end

t.it('findings stand where the mistake is', function()
  local buffer = t.open('mistakes/sender_check.lua')
  local found = t.eventually('the finding', function()
    return finding(buffer, 'method-call')
  end)
  t.equal({ 31, 8, vim.diagnostic.severity.ERROR }, { found.lnum, found.col, found.severity })
  t.equal('momentum-lua', found.source)
end)

t.it('findings stand there once, also those that were told before the buffer was open', function()
  local buffer = t.open('mistakes/campaign.lua')
  t.eventually('the finding', function()
    return finding(buffer, 'unknown-callout')
  end)
  vim.wait(500)
  local seen = {}
  for _, found in ipairs(vim.diagnostic.get(buffer)) do
    local key = ('%d:%d %s'):format(found.lnum, found.col, found.code)
    assert(not seen[key], 'twice: ' .. key)
    seen[key] = true
  end
end)

t.it('findings follow an edit and its undoing', function()
  local buffer = t.open('mistakes/sender_check.lua')
  t.go_to('vctx.set_code', 4)
  vim.cmd('normal! r:')
  t.eventually('the finding goes', function()
    return not finding(buffer, 'method-call')
  end)
  vim.cmd('normal! u')
  t.eventually('the finding comes back', function()
    return finding(buffer, 'method-call')
  end)
end)

t.it('findings are there again after the buffer was read anew', function()
  local buffer = t.open('mistakes/sender_check.lua')
  vim.cmd('edit!')
  t.eventually('the finding', function()
    return finding(buffer, 'method-call')
  end)
end)

t.it('findings stand in ecelerity.conf', function()
  local buffer = t.open('mistakes/ecelerity.conf')
  t.eventually('the finding', function()
    return finding(buffer, 'script-source')
  end)
end)

t.it('a hover shows signature and description', function()
  t.open('mistakes/sender_check.lua')
  t.go_to('fetch_row', 3)
  local text = t.ask('textDocument/hover').contents.value
  t.match('msys%.db%.fetch_row', text)
  t.match('Runs a query', text)
end)

t.it('a hover shows the type that only the callout tells', function()
  t.open('etc/conf/global/inbound/recipients.lua')
  t.go_to(', vctx)', 3)
  t.match('validate_context', t.ask('textDocument/hover').contents.value)
end)

t.it('findings go with the server that found them, also those of files that are not open', function()
  --- The clients whose findings are known, in files that are open or not.
  local function finders()
    local found = {}
    for namespace, known in pairs(vim.diagnostic.get_namespaces()) do
      local id = known.name:match('lsp%.momentum_lua%.(%d+)')
      if id and #vim.diagnostic.get(nil, { namespace = namespace }) > 0 then
        found[tonumber(id)] = true
      end
    end
    return found
  end
  vim.cmd('%bwipeout!')
  local buffer = t.open('mistakes/sender_check.lua')
  -- What was told of buffers that are gone is not told again by the same server.
  vim.cmd('MomentumLua restart')
  t.eventually('findings of a file that is not open', function()
    return vim.iter(vim.diagnostic.get(nil)):any(function(found)
      return vim.endswith(vim.api.nvim_buf_get_name(found.bufnr), '/campaign.lua')
    end)
  end)
  vim.cmd('MomentumLua restart')
  t.eventually('findings of the new server alone', function()
    local client = vim.lsp.get_clients({ bufnr = buffer, name = 'momentum_lua' })[1]
    return client and vim.deep_equal(finders(), { [client.id] = true })
  end)
end)

t.it('restarting keeps the buffers', function()
  local buffer = t.open('mistakes/sender_check.lua')
  local before = vim.lsp.get_clients({ bufnr = buffer, name = 'momentum_lua' })[1].id
  vim.cmd('MomentumLua restart')
  t.eventually('another server', function()
    local client = vim.lsp.get_clients({ bufnr = buffer, name = 'momentum_lua' })[1]
    return client and client.id ~= before
  end)
  t.eventually('the finding', function()
    return finding(buffer, 'method-call')
  end)
end)
