-- Momentum's configuration: the main files by name, included ones by what is in them.
local STANZAS = { 'scriptlet', 'ESMTP_Listener', 'ECCluster_Listener', 'Control_Listener', 'HTTP_Listener', 'Binding_Group', 'Binding', 'ThreadPool', 'Datasource', 'ec_logger', 'bounce_logger', 'adaptive', 'adaptive_sweep_rule', 'opendkim', 'Security' }

local function has_stanza(buffer)
  for _, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, 200, false)) do
    local word = line:match('^%s*([%w_]+)[^{=]*{')
    if word and vim.tbl_contains(STANZAS, word) then
      return true
    end
  end
  return false
end

vim.filetype.add({
  filename = {
    ['ecelerity.conf'] = 'ecelerity',
    ['eccluster.conf'] = 'ecelerity',
    ['ecconfigd.conf'] = 'ecelerity',
  },
  pattern = {
    ['.*%.conf'] = {
      function(_, buffer)
        return buffer and has_stanza(buffer) and 'ecelerity' or nil
      end,
      -- After what Neovim knows by name, before its own look at `*.conf`.
      { priority = 10 },
    },
  },
})
