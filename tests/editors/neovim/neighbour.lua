-- Another server in the same buffers, such as one for Lua in general.
local t = require('harness')

local SCRIPT = 'etc/conf/global/outbound/stream_binding.lua'

--- A server inside Neovim that offers what ours does, with answers of its own.
local function neighbour(dispatchers)
  local closing = false
  local capabilities = { codeLensProvider = { resolveProvider = false }, inlayHintProvider = true, hoverProvider = true }
  local function answer(method, _, reply)
    local at = { line = 0, character = 0 }
    local answers = {
      initialize = { capabilities = capabilities },
      ['textDocument/codeLens'] = { { range = { start = at, ['end'] = at }, command = { title = 'of the neighbour', command = 'neighbour' } } },
      ['textDocument/inlayHint'] = { { position = at, label = 'of the neighbour' } },
    }
    reply(nil, answers[method] or vim.NIL)
    return true, 1
  end
  return {
    request = answer,
    notify = function(method)
      if method == 'exit' then
        closing = true
        dispatchers.on_exit(0, 0)
      end
      return true
    end,
    is_closing = function()
      return closing
    end,
    terminate = function()
      closing = true
    end,
  }
end

t.it('ours is asked for runs, reports and tests, and theirs is left alone', function()
  local buffer = t.open(SCRIPT)
  local id = vim.lsp.start({ name = 'neighbour', cmd = neighbour }, { bufnr = buffer })
  t.eventually('the neighbour', function()
    return #vim.lsp.get_clients({ bufnr = buffer }) == 2
  end)
  t.go_to('function policy:validate_set_binding')
  local result
  vim.api.nvim_create_autocmd('User', {
    pattern = 'MomentumLuaRun',
    once = true,
    callback = function(event)
      result = event.data
    end,
  })
  vim.cmd('MomentumLua run')
  t.eventually('the run', function()
    return result
  end)
  assert(#result.runs > 0)
  t.eventually('hints of both', function()
    local found = {}
    for _, hint in ipairs(vim.lsp.inlay_hint.get({ bufnr = buffer })) do
      found[hint.client_id] = true
    end
    return vim.tbl_count(found) == 2
  end)
  vim.cmd('MomentumLua restart')
  t.open(SCRIPT)
  assert(vim.lsp.get_client_by_id(id), 'the neighbour was stopped')
  local client = vim.lsp.get_client_by_id(id)
  if vim.fn.has('nvim-0.11') == 1 then
    client:stop(true)
  else
    client.stop(true)
  end
  vim.cmd.only()
end)
