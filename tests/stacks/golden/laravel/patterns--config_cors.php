<?php

return [
    'paths' => ['*'],
    'allowed_methods' => ['GET', 'HEAD', 'POST', 'PUT'],
    'allowed_origins' => [],
    'allowed_origins_patterns' => ['~\\A(?:https://(?:[a-z0-9_-]+\\.)+deep\\.example)\\z~', '~\\A(?:https://[a-z0-9_-]+\\.one\\.example)\\z~', '~\\A(?:http://localhost(?::[0-9]+)?)\\z~'],
    'allowed_headers' => ['x-token'],
    'exposed_headers' => ['x-total'],
    'max_age' => null,
    'supports_credentials' => false,
];
