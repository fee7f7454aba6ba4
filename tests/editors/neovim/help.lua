-- `:help momentum-lua`, and whether it is true.
local t = require('harness')

local FILE = vim.fs.joinpath(vim.env.PLUGINS, 'neovim/doc/momentum-lua.txt')
local text = table.concat(vim.fn.readfile(FILE), '\n')

t.it('the help file is found by its tags', function()
  -- Not beside the file: what is generated is not part of the project.
  local folder = vim.fs.joinpath(vim.env.OUT_OF_RUN, 'help')
  vim.fn.mkdir(folder .. '/doc', 'p')
  vim.fn.writefile(vim.fn.readfile(FILE), folder .. '/doc/momentum-lua.txt')
  vim.cmd.helptags(folder .. '/doc')
  vim.opt.runtimepath:append(folder)
  for tag in text:gmatch('%*([%w:_.-]+)%*') do
    vim.cmd.help(tag)
    t.match('momentum%-lua%.txt$', vim.api.nvim_buf_get_name(0))
    vim.cmd.helpclose()
  end
end)

t.it('what it refers to exists', function()
  for link in text:gmatch('|([%w:_.()-]+)|') do
    -- The page speaks of it for those who have it.
    if link ~= 'vim.lsp.config()' or vim.lsp.config then
      vim.cmd.help(link)
      vim.cmd.helpclose()
    end
  end
  for option in text:gmatch("%s'(%l+)'%s") do
    assert(vim.fn.exists('&' .. option) == 1, option)
  end
end)

t.it('it names every command and every option, and none that is not there', function()
  local described = {}
  for name in text:gmatch('\n:MomentumLua ([%w-]+)') do
    described[#described + 1] = name
  end
  table.sort(described)
  t.equal(require('momentum_lua.commands').names(), described)
  local example = text:match("setup%((%b{})%)")
  local options = vim.tbl_keys(load('return ' .. example)())
  local defaults = require('momentum_lua.options').defaults
  table.sort(options)
  local known = vim.tbl_keys(defaults)
  table.sort(known)
  t.equal(known, options)
  t.equal(defaults, load('return ' .. example)())
end)

t.it('its lines fit into a window of 78 columns', function()
  for number, line in ipairs(vim.fn.readfile(FILE)) do
    assert(vim.fn.strdisplaywidth(line) <= 78, ('line %d'):format(number))
  end
end)
