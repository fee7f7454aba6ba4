local mod = {}
function mod:validate_mailfrom(msg, str, accept, vctx)
  if str!="" and!accept then vctx:set_code( 0550,"5.7.1 no" ) return msys.core.VALIDATE_DONE end
  return msys.core.VALIDATE_CONT; -- go on
end
