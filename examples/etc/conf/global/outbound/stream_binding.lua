-- Applications name the kind of mail in a header; the header chooses the binding group and stays here.

require("msys.core");
require("msys.extended.message");

local streams = {
  invoice  = { group = "transactional", urgent = false };
  password = { group = "transactional", urgent = true };
  newsletter = { group = "newsletter", urgent = false };
};

local policy = {};

function policy:validate_set_binding(msg)
  local name = msg:header("X-Stream")[1];
  if !name then
    return msys.core.VALIDATE_CONT;
  end

  msg:header("X-Stream", "");
  local stream = streams[string.lower(name)];
  if !stream then
    print("stream_binding: unknown stream", name, "from", msg:context_get(msys.core.ECMESS_CTX_CONN, "application"));
    return msys.core.VALIDATE_CONT;
  end

  if stream.urgent then
    msg.priority = 1;
  end
  if !msg:binding_group(stream.group) then
    print("stream_binding: no binding group", stream.group);
    return msys.core.VALIDATE_CONT;
  end
  return msys.core.VALIDATE_DONE;
end

msys.registerModule("stream_binding", policy);
