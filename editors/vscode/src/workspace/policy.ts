// Tells Momentum's policy from other Lua.

/** Files that are in no other kind of tree. */
export const MARKERS = '**/{ecelerity.conf,momentum-lua.toml}';

/** Where nobody keeps policy, and where a search takes long. */
export const PASSED_OVER = '**/{node_modules,.git,target}/**';

/** The same for one file, by its path in the folder: watchers tell of every file. */
export function isPassedOver(path: string): boolean {
  return /(^|\/)(node_modules|\.git|target)\//.test(path);
}

const SIGNS = [/\brequire\s*\(?\s*["']msys[."']/, /\bmsys\s*\.\s*registerModule\b/];

/** Whether a script uses Momentum's API. Comments are not told from code: who mentions it means it. */
export function usesMomentum(script: string): boolean {
  return SIGNS.some((sign) => sign.test(script));
}

const STANZAS =
  /^\s*(scriptlet|ESMTP_Listener|ECCluster_Listener|Control_Listener|Binding_Group|Binding|ThreadPool|Datasource|ec_logger|bounce_logger|adaptive|adaptive_sweep_rule|opendkim|Security|HTTP_Listener|msys_[a-z_]+)\b[^{=]*\{/m;

/** Whether a `.conf` file reads like a part of Momentum's configuration. */
export function looksLikeConfiguration(text: string): boolean {
  return STANZAS.test(text);
}
