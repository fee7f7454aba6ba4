int site_quota_left(
