--- Starts the language server: by `vim.lsp.config` where it exists, by `vim.lsp.start` before.
local options = require('momentum_lua.options')
local policy = require('momentum_lua.policy')
local program = require('momentum_lua.program')
local requests = require('momentum_lua.requests')
local restarts = require('momentum_lua.restarts')

local M = {}

M.NAME = 'momentum_lua'
M.FILETYPES = { 'lua', 'ecelerity', 'toml' }

--- The folder that the server is to work on for a buffer; nothing if it has no business there.
---@param buffer integer
---@return string?
local function root_of(buffer)
  local enable = options.get().enable
  local name = vim.api.nvim_buf_get_name(buffer)
  -- What stands in no file has no place that the protocol could name.
  if enable == false or name == '' or name:find('^%a[%w+.-]*://') or vim.bo[buffer].buftype ~= '' then
    return nil
  end
  local root = policy.root(buffer)
  if not root and enable == true and vim.bo[buffer].filetype == 'lua' then
    root = vim.fs.dirname(name)
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
        -- A server that is being stopped refuses, or has lost its buffers; that is no news.
        if not failure and client.attached_buffers[buffer] then
          vim.lsp.handlers['textDocument/diagnostic'](nil, result, asked)
        end
      end, buffer)
    end
  end
  return answer
end

--- Hints that changed with a run, or with another file. Neovim draws the old ones once more while it waits for the answer,
--- takes the new ones for drawn then, and keeps the old ones on the screen: it is told again behind the answer.
local function refresh_hints(problem, parameters, context)
  local draw = vim.lsp.handlers['workspace/inlayHint/refresh']
  local client = vim.lsp.get_client_by_id(context.client_id)
  local shown = vim.tbl_filter(function(buffer)
    return vim.lsp.inlay_hint.is_enabled({ bufnr = buffer }) and vim.fn.bufwinid(buffer) ~= -1
  end, client and vim.tbl_keys(client.attached_buffers) or {})
  -- 0.10 draws what it has drawn only anew when it is switched off and on.
  if vim.fn.has('nvim-0.11') == 0 then
    for _, buffer in ipairs(shown) do
      vim.lsp.inlay_hint.enable(false, { bufnr = buffer })
      vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
    end
    return vim.NIL
  end
  local answer = draw(problem, parameters, context)
  if shown[1] then
    local start = { line = 0, character = 0 }
    requests.send(client, 'textDocument/inlayHint', {
      textDocument = vim.lsp.util.make_text_document_params(shown[1]),
      range = { start = start, ['end'] = start },
    }, function()
      draw(problem, parameters, context)
    end, shown[1])
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

--- Says that a server is older than what the plugin knows how to use.
local function check_version(_, answer)
  local version = answer.serverInfo and answer.serverInfo.version
  if version and program.is_old(version) then
    vim.notify(
      ('momentum-lua: the server is %s, the plugin needs %s or newer, see :checkhealth momentum_lua'):format(
        version,
        program.OLDEST
      ),
      vim.log.levels.WARN
    )
  end
end

--- The configuration in the form of `vim.lsp.config`.
function M.configuration()
  return {
    cmd = options.command(),
    filetypes = M.FILETYPES,
    root_dir = function(buffer, start)
      local root = root_of(buffer)
      if root and not restarts.too_often() then
        start(root)
      end
    end,
    capabilities = capabilities(),
    handlers = {
      ['window/showDocument'] = show_document,
      -- 0.10 gets findings pushed.
      ['workspace/inlayHint/refresh'] = refresh_hints,
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
    on_init = check_version,
    on_exit = M.on_exit,
  }
end

--- Starts the server for all buffers that are policy and have none.
local function start_all()
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    local is_ours = vim.api.nvim_buf_is_loaded(buffer) and vim.tbl_contains(M.FILETYPES, vim.bo[buffer].filetype)
    if is_ours and not M.client(buffer) then
      M.start(buffer)
    end
  end
end

--- Takes away what a server found: of files that are not open, and what came while it was stopped, Neovim keeps it.
local function forget_findings(id)
  for namespace, known in pairs(vim.diagnostic.get_namespaces()) do
    local finder = known.name:match('lsp%.' .. M.NAME .. '%.(%d+)')
    if finder and tonumber(finder) == id then
      vim.diagnostic.reset(namespace)
    end
  end
end

--- Starts a server again that ended although nobody asked it to, until it did so too often.
function M.on_exit(code, signal, id)
  vim.schedule(function()
    forget_findings(id)
  end)
  -- Whoever stops a server that does not answer terminates it.
  if (code == 0 and signal == 0) or signal == 15 or vim.v.exiting ~= vim.NIL then
    return
  end
  local times = restarts.ended()
  local function again()
    if vim.lsp.get_client_by_id(id) then
      vim.defer_fn(again, 20)
    else
      start_all()
    end
  end
  vim.schedule(function()
    if not restarts.too_often() then
      again()
      return
    end
    vim.notify(
      ('momentum-lua ended %d times within three minutes and is left alone now: '):format(times)
        .. ':MomentumLua log shows why, :MomentumLua restart starts it again',
      vim.log.levels.ERROR
    )
  end)
end

--- Says that there is no program to start, once, where one would be started.
local function check_program(buffer)
  if root_of(buffer) and vim.fn.executable(options.command()[1]) == 0 then
    vim.notify_once(
      ('momentum-lua: `%s` is not executable, see :checkhealth momentum_lua'):format(options.command()[1]),
      vim.log.levels.WARN
    )
  end
end

--- Starts the server for every buffer of a policy tree from now on, and for those that are open already.
function M.enable()
  local is_configured = vim.lsp.config and vim.lsp.enable
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('momentum_lua.start', {}),
    pattern = M.FILETYPES,
    callback = function(event)
      check_program(event.buf)
      if not is_configured then
        M.start(event.buf)
      end
    end,
  })
  if is_configured then
    vim.lsp.enable(M.NAME)
  end
  if vim.v.vim_did_enter == 1 then
    vim.api.nvim_exec_autocmds('FileType', { group = 'momentum_lua.start', modeline = false })
    start_all()
  end
end

--- Starts the server for one buffer, unless it is no policy.
---@param buffer integer
function M.start(buffer)
  if not root_of(buffer) or restarts.too_often() or vim.fn.executable(options.command()[1]) == 0 then
    return
  end
  -- What the user changed there counts.
  local configuration = vim.lsp.config and vim.deepcopy(vim.lsp.config[M.NAME]) or M.configuration()
  configuration.name = M.NAME
  local function start(root)
    configuration.root_dir = root
    configuration.workspace_folders = { { uri = vim.uri_from_fname(root), name = root } }
    vim.lsp.start(configuration, { bufnr = buffer })
  end
  if type(configuration.root_dir) == 'function' then
    configuration.root_dir(buffer, start)
  else
    start(configuration.root_dir or root_of(buffer))
  end
end

--- The client of a buffer.
---@param buffer integer?
---@return vim.lsp.Client?
function M.client(buffer)
  return vim.lsp.get_clients({ name = M.NAME, bufnr = buffer or vim.api.nvim_get_current_buf() })[1]
end

--- Stops the server, if it runs, and starts it anew for the buffers that are policy.
function M.restart()
  restarts.forget()
  local clients = vim.lsp.get_clients({ name = M.NAME })
  for _, client in ipairs(clients) do
    -- Nothing more is asked of a server that is told to end.
    for buffer in pairs(client.attached_buffers) do
      vim.lsp.buf_detach_client(buffer, client.id)
    end
    client:stop()
  end
  local gone = function()
    return #vim.lsp.get_clients({ name = M.NAME }) == 0
  end
  if not vim.wait(2000, gone, 20) then
    for _, client in ipairs(vim.lsp.get_clients({ name = M.NAME })) do
      client:stop(true)
    end
    vim.wait(2000, gone, 20)
  end
  if vim.fn.executable(options.command()[1]) == 0 then
    program.tell_missing()
    return
  end
  start_all()
end

return M
