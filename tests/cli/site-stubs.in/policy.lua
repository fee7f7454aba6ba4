require("site.quota")

return site.quota.left("acme") + sites.quota
