--- Starts the language server: by `vim.lsp.config` where it exists, by `vim.lsp.start` before.
local options = require('momentum_lua.options')
local policy = require('momentum_lua.policy')

local M = {}

M.NAME = 'momentum_lua'
M.FILETYPES = { 'lua', 'ecelerity', 'toml' }

--- The folder that the server is to work on for a buffer; nothing if it has no business there.
---@param buffer integer
---@return string?
local function root_of(buffer)
  local enable = options.get().enable
  if enable == false then
    return nil
  end
  local root = policy.root(buffer)
  if not root and enable == true and vim.bo[buffer].filetype == 'lua' then
    root = vim.fs.dirname(vim.api.nvim_buf_get_name(buffer))
  end
  return root
end

--- What Neovim can do, and the commands that lenses may name.
local function capabilities()
  local all = vim.lsp.protocol.make_client_capabilities()
  -- Neovim does, and does not say so.
  all.workspace.executeCommand = all.workspace.executeCommand or { dynamicRegistration = false }
  -- 0.10 drops its own request for findings of a buffer when another one is entered meanwhile: there they are pushed.
  if vim.fn.has('nvim-0.11') == 0 then
    all.textDocument.diagnostic = nil
  end
  all.experimental = { commands = { commands = { 'momentum-lua.showReferences' } } }
  return all
end

--- Settings as the server knows them. Results of runs are hints, too: without hints only they stay.
local function settings()
  local wanted = options.get()
  local hints = { types = wanted.inlay_hints, parameters = wanted.inlay_hints, phases = wanted.inlay_hints }
  hints.results = wanted.results
  return vim.tbl_deep_extend('force', { inlayHints = hints, codeLens = wanted.code_lens }, wanted.settings)
end

--- Places that a lens speaks of go into the quickfix list.
local function show_references(command, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  if not client then
    return
  end
  local items = vim.lsp.util.locations_to_items(command.arguments[3], client.offset_encoding)
  vim.fn.setqflist({}, ' ', { title = command.title, items = items })
  vim.cmd('botright copen')
end

--- Reports open below, and leave the cursor where it is; all else is Neovim's.
local function show_document(problem, parameters, context, ...)
  if parameters and parameters.uri and vim.endswith(parameters.uri, '.report.txt') then
    require('momentum_lua.windows').open_file(vim.uri_to_fname(parameters.uri))
    return { success = true }
  end
  return vim.lsp.handlers['window/showDocument'](problem, parameters, context, ...)
end

--- Findings that changed with another file, or with a test. Neovim 0.12 then asks for those of the whole workspace, and
--- drops what it gets for open documents: they are asked for one by one.
local function refresh_findings(problem, parameters, context)
  local method = 'workspace/diagnostic/refresh'
  local answer = vim.lsp.handlers[method] and vim.lsp.handlers[method](problem, parameters, context) or vim.NIL
  local client = vim.lsp.get_client_by_id(context.client_id)
  local provider = client and client.server_capabilities.diagnosticProvider
  if type(provider) == 'table' and provider.workspaceDiagnostics then
    for buffer in pairs(client.attached_buffers) do
      client:request('textDocument/diagnostic', {
        identifier = provider.identifier,
        textDocument = vim.lsp.util.make_text_document_params(buffer),
      }, function(failure, result, asked)
        -- A server that is being stopped refuses; that is no news.
        if not failure then
          vim.lsp.handlers['textDocument/diagnostic'](nil, result, asked)
        end
      end, buffer)
    end
  end
  return answer
end

local function run_of_lens(command, context)
  require('momentum_lua.runs').of_lens(command, context)
end

local function test_of_lens(command, context)
  require('momentum_lua.tests').of_lens(command, context)
end

--- Lenses that are there to be read have a command without a name, and 0.12 offers them all the same.
local function nothing() end

--- The configuration in the form of `vim.lsp.config`.
function M.configuration()
  return {
    cmd = options.command(),
    filetypes = M.FILETYPES,
    root_dir = function(buffer, start)
      local root = root_of(buffer)
      if root then
        start(root)
      end
    end,
    capabilities = capabilities(),
    handlers = {
      ['window/showDocument'] = show_document,
      -- 0.10 gets findings pushed.
      ['workspace/diagnostic/refresh'] = vim.fn.has('nvim-0.11') == 1 and refresh_findings or nil,
    },
    commands = {
      ['momentum-lua.run'] = run_of_lens,
      ['momentum-lua.runWith'] = run_of_lens,
      ['momentum-lua.test'] = test_of_lens,
      ['momentum-lua.showReferences'] = show_references,
      [''] = nothing,
    },
    settings = { momentumLua = settings() },
    init_options = settings(),
    on_exit = M.on_exit,
  }
end

--- Says what to do when the server could not stay.
function M.on_exit(code, signal)
  if code ~= 0 and signal ~= 15 then
    vim.schedule(function()
      vim.notify(
        ('momentum-lua ended with status %d: see :checkhealth momentum_lua and :MomentumLua log'):format(code),
        vim.log.levels.ERROR
      )
    end)
  end
end

--- Starts the server for every buffer of a policy tree from now on.
function M.enable()
  if vim.lsp.config and vim.lsp.enable then
    vim.lsp.enable(M.NAME)
    return
  end
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('momentum_lua.start', {}),
    pattern = M.FILETYPES,
    callback = function(event)
      M.start(event.buf)
    end,
  })
end

--- Starts the server for one buffer, without `vim.lsp.config`.
---@param buffer integer
function M.start(buffer)
  local root = root_of(buffer)
  if not root then
    return
  end
  local configuration = M.configuration()
  configuration.name = M.NAME
  configuration.root_dir = root
  configuration.workspace_folders = { { uri = vim.uri_from_fname(root), name = root } }
  if vim.fn.executable(configuration.cmd[1]) == 0 then
    vim.notify_once(
      ('%s is not executable: see :checkhealth momentum_lua'):format(configuration.cmd[1]),
      vim.log.levels.WARN
    )
    return
  end
  vim.lsp.start(configuration, { bufnr = buffer })
end

--- The client of a buffer.
---@param buffer integer?
---@return vim.lsp.Client?
function M.client(buffer)
  return vim.lsp.get_clients({ name = M.NAME, bufnr = buffer or vim.api.nvim_get_current_buf() })[1]
end

--- Stops the server and starts it anew for the buffers that it had.
function M.restart()
  local clients = vim.lsp.get_clients({ name = M.NAME })
  local buffers = vim.iter(clients):map(function(client)
    return vim.tbl_keys(client.attached_buffers)
  end):flatten():totable()
  for _, client in ipairs(clients) do
    client:stop()
  end
  local gone = function()
    return #vim.lsp.get_clients({ name = M.NAME }) == 0
  end
  if not vim.wait(2000, gone, 20) then
    for _, client in ipairs(vim.lsp.get_clients({ name = M.NAME })) do
      client:stop(true)
    end
  end
  for _, buffer in ipairs(buffers) do
    if vim.api.nvim_buf_is_loaded(buffer) then
      vim.api.nvim_exec_autocmds('FileType', { buffer = buffer, modeline = false })
    end
  end
end

return M
