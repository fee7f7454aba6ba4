--- `:checkhealth momentum_lua`
local options = require('momentum_lua.options')
local program = require('momentum_lua.program')
local server = require('momentum_lua.server')

local M = {}

local function check_neovim()
  vim.health.start('Neovim')
  local version = tostring(vim.version())
  if vim.fn.has('nvim-0.10') == 1 then
    vim.health.ok(('%s, servers are started by `vim.lsp.%s`'):format(version, vim.lsp.config and 'config' or 'start'))
  else
    vim.health.error(version .. ' is too old', 'Use 0.10 or newer')
  end
end

local function check_binary()
  vim.health.start('momentum-lua')
  local command = options.command()
  local path = vim.fn.exepath(command[1])
  if path == '' then
    vim.health.error(('`%s` is not executable'):format(command[1]), {
      'Put momentum-lua on PATH, or',
      "name it: require('momentum_lua').setup({ cmd = '/path/to/momentum-lua' })",
    })
    return
  end
  local ok, started = pcall(vim.system, { path, '--version' }, { text = true, timeout = 10000 })
  local answer = ok and started:wait() or { code = 1, stderr = tostring(started) }
  local words = vim.trim(answer.stdout or '')
  local version = answer.code == 0 and words:match('^momentum%-lua (%d%S*)')
  if version and program.is_old(version) then
    vim.health.error(('%s is momentum-lua %s: the plugin needs %s or newer'):format(path, version, program.OLDEST))
  elseif version then
    vim.health.ok(('%s: %s'):format(path, words))
  else
    vim.health.error(('`%s --version` does not answer as momentum-lua does'):format(path), {
      words ~= '' and words or vim.trim(answer.stderr or ''),
      'Is it built for another platform, or another program of that name?',
    })
  end
end

local function check_clients()
  vim.health.start('Policy trees')
  local clients = vim.lsp.get_clients({ name = server.NAME })
  if require('momentum_lua.restarts').too_often() then
    vim.health.error('The server ended again and again', {
      '`:MomentumLua log` shows what it wrote',
      '`:MomentumLua restart` starts it again',
    })
  end
  if #clients == 0 then
    vim.health.info('No server runs: none of the open buffers is in a policy tree (`ecelerity.conf`, `momentum-lua.toml`) or uses `msys`')
  end
  for _, client in ipairs(clients) do
    vim.health.ok(('%s: %d buffers'):format(client.config.root_dir or '?', vim.tbl_count(client.attached_buffers)))
  end
end

function M.check()
  check_neovim()
  check_binary()
  check_clients()
end

return M
