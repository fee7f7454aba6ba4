-- A server that ends by itself.
local t = require('harness')

local SCRIPT = 'etc/conf/global/inbound/recipients.lua'

local function clients()
  return vim.lsp.get_clients({ bufnr = vim.fn.bufnr(vim.fs.joinpath(vim.env.POLICY, SCRIPT)), name = 'momentum_lua' })
end

--- What the system calls the server: the first 15 bytes of its file's name.
local NAME = vim.fs.basename(vim.env.MOMENTUM_LUA_BINARY):sub(1, 15)

--- The process of the server, as long as there is one.
local function process()
  return vim.iter(vim.api.nvim_get_proc_children(vim.fn.getpid())):find(function(pid)
    local ok, name = pcall(vim.fn.readfile, ('/proc/%d/comm'):format(pid))
    return ok and name[1] == NAME
  end)
end

--- Kills the server of the script; gives the id that its client had.
local function kill()
  local client, pid
  t.eventually('a server that answers', function()
    client, pid = clients()[1], process()
    return client and client.initialized and pid
  end)
  vim.uv.kill(pid, 'sigkill')
  return client.id
end

t.it('is started again, until it ended too often', function()
  -- One policy tree, so that it is clear whose server is killed.
  vim.cmd('%bwipeout!')
  t.open(SCRIPT)
  vim.cmd('MomentumLua restart')
  t.eventually('one server', function()
    return #vim.lsp.get_clients({ name = 'momentum_lua' }) == 1
  end)
  local notify, told = vim.notify, {}
  vim.notify = function(text)
    told[#told + 1] = text
  end
  local function said(words)
    return vim.iter(told):any(function(text)
      return text:find(words, 1, true) ~= nil
    end)
  end
  for _ = 1, 3 do
    local before = kill()
    t.eventually('another server', function()
      local client = clients()[1]
      return client and client.id ~= before
    end)
  end
  assert(not said('left alone'), vim.inspect(told))
  kill()
  t.eventually('what is said', function()
    return said('ended 4 times within three minutes and is left alone now: :MomentumLua log')
  end)
  vim.cmd.edit()
  vim.wait(300)
  vim.notify = notify
  t.equal({}, clients())
  vim.cmd('checkhealth momentum_lua')
  t.match('ERROR.*ended again and again', table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n'))
  vim.cmd.bwipeout({ bang = true })
end)

t.it('starts again when somebody asks for it', function()
  vim.cmd('MomentumLua restart')
  t.eventually('the server', function()
    return #clients() == 1
  end)
  t.open('etc/conf/global/site/addresses.lua')
end)
