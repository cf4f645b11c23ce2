<?php

return [
    'paths' => ['*'],
    'allowed_methods' => ['*'],
    'allowed_origins' => ['*'],
    'allowed_origins_patterns' => [],
    'allowed_headers' => ['accept', 'content-type', 'x-requested-with'],
    'exposed_headers' => ['*'],
    'max_age' => null,
    'supports_credentials' => false,
];
