<?php

return [
    'paths' => ['*'],
    'allowed_methods' => ['GET', 'HEAD', 'POST'],
    'allowed_origins' => [],
    'allowed_origins_patterns' => [],
    'allowed_headers' => [],
    'exposed_headers' => [],
    'max_age' => null,
    'supports_credentials' => false,
];
