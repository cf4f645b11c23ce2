<?php

return [
    'paths' => ['*'],
    'allowed_methods' => ['GET', 'HEAD', 'POST', 'X\'Y'],
    'allowed_origins' => ['https://a.example'],
    'allowed_origins_patterns' => ['~\\A(?:https://\'\\x7e[a-z]+\\.example)\\z~', '~\\A(?:https://%x%\\.example)\\z~', '~\\A(?:https://\\\\\'x)\\z~'],
    'allowed_headers' => ['x-$\'%'],
    'exposed_headers' => [],
    'max_age' => 0,
    'supports_credentials' => false,
];
