return { blocked = { ["spam.example"] = true } }
